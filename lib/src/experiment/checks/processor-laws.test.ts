import { expect, test } from "vitest";
import type { LoadRound, LoadSecond } from "../../record/load-info.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { checkUse, type SideProcessors, sideProcessors } from "./processor-laws.js";

const load = closedLoad({ users: 10, spawnPerSecond: 5, runTimeMs: 4000 });
const one: SideProcessors = { server: 1, client: 1, clients: 1, workers: new Map() };
const cluster = { ...one, server: 4, client: 4, workers: new Map([["rest", 2]]) };

/** Two seconds of ramp in which little is used, two seconds after it, and a second in which the last call ends. */
function round(
  use: Partial<Record<"serverCpuMs" | "clientCpuMs" | "clientLoopUse", number | null>>,
): LoadRound {
  const none = { serverBytes: null, clientBytes: null };
  const seconds = [1, 2, 3, 4, 5].map((second): LoadSecond => {
    const idle = second <= 2 || second === 5;
    const used = { serverCpuMs: 300, clientCpuMs: 300, clientLoopUse: 0.3, ...use };
    return idle
      ? { ...none, atMs: second * 1000, serverCpuMs: 1, clientCpuMs: 1, clientLoopUse: 0 }
      : { ...none, atMs: second * 1000, ...used };
  });
  return {
    arm: "rest",
    pair: 0,
    block: 0,
    beginMs: 0,
    endMs: 4900,
    overMs: 4900,
    usersStarted: 10,
    notSent: 0,
    seconds,
  };
}

const checked = (use: Parameters<typeof round>[0], processors = one) =>
  checkUse(round(use), load, processors).map(({ message }) => message);

test("a client that is full after the ramp while the server is not has measured itself", () => {
  expect(checked({ clientCpuMs: 980 })).toEqual([
    "The load of rest was partly its client's to bear: its client used 98 % of a processor, and the server used 30 % of a processor.",
  ]);
  expect(checked({ clientLoopUse: 0.97, serverCpuMs: null })).toEqual([
    "The load of rest was partly its client's to bear: its client's event loop was busy 97 % of the time, and what the server used is not known.",
  ]);
});

test("a server of several workers is full only when all of them are", () => {
  const use = { clientCpuMs: 980, serverCpuMs: 1200 };
  expect(checked(use, cluster)).toEqual([
    expect.stringContaining("its client used 98 % of a processor, and the server used 120 % of a processor"),
  ]);
  expect(checked({ ...use, serverCpuMs: 1900 }, cluster)).toEqual([]);
  expect(checked({ ...use, serverCpuMs: 1000 }, { ...cluster, server: 1 })).toEqual([]);
});

test("the workers of an arm are those of its server", () => {
  const servers = [
    { server: 0, program: "node" as const, protocols: ["rest" as const], workers: 3, tls: false },
    { server: 1, program: "node" as const, protocols: ["grpc" as const], workers: 1, tls: false },
  ];
  const arms = [
    { name: "rest", server: 0 },
    { name: "grpc", server: 1 },
    { name: "elsewhere", server: 2 },
  ];
  const { workers } = sideProcessors({ processors: null, clients: 1, servers, arms }, 4);
  expect([...workers.values()]).toEqual([3, 1, 1]);
});

test("more than there is was read wrongly", () => {
  expect(checked({ serverCpuMs: 1300 })).toEqual([
    "The server of rest is said to have used 1.30 processors, and there were 1 for it.",
  ]);
  expect(checked({ clientCpuMs: 1300, serverCpuMs: 950 })).toHaveLength(1);
});

test.each([
  ["nobody is full", {}, one],
  ["the server is full as well", { clientCpuMs: 990, serverCpuMs: 990 }, one],
  ["readings are a little off", { serverCpuMs: 1030 }, one],
  ["there are more processors", { serverCpuMs: 1700 }, { ...one, server: 2 }],
  ["several clients share it", { clientCpuMs: 1700 }, { ...one, client: 2, clients: 2 }],
  ["nothing is known", { serverCpuMs: null, clientCpuMs: null, clientLoopUse: null }, one],
])("nothing is said where %s", (_, use, processors) => {
  expect(checked(use, processors)).toEqual([]);
});
