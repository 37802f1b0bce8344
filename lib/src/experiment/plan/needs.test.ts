import { describe, expect, it, test } from "vitest";
import { localPortsLimit, openFilesLimit } from "../../hosts/process-limits.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import { loadNeeds, type MachineLimits, type NeedsOptions, needsOf, refuseUnmet, sayNeed } from "./needs.js";

const plenty: MachineLimits = { openFiles: 1e6, localPorts: 60_000, freeBytes: 64e9 };
const users = 10_000;
const rest = { arm: "rest", server: 0 };
const many: NeedsOptions = {
  load: closedLoad({ users, runTimeMs: 30_000 }),
  arms: [rest],
  clients: 1,
  host: "child",
  link: false,
  bodyBytes: 524_288,
};

const said = (options: Partial<NeedsOptions>, limits: Partial<MachineLimits> = {}) =>
  loadNeeds({ ...many, ...options }, { ...plenty, ...limits }).map(sayNeed);
const refused = (options: Partial<NeedsOptions>, limits: Partial<MachineLimits>) => () =>
  refuseUnmet(loadNeeds({ ...many, ...options }, { ...plenty, ...limits }));

describe("what a load needs", () => {
  it("is what all users hold at once: bodies, a connection each at both ends, a port each", () => {
    expect(said({})).toEqual([
      "The load needs 5.2 GB in flight, and 64 GB are free.",
      "The load needs 10,060 open files in its client, and the limit is 1,000,000.",
      "The load needs 10,060 open files in its server, and the limit is 1,000,000.",
      "The load needs 10,000 local ports, and the limit is 60,000.",
    ]);
  });

  const needed = (options: Partial<NeedsOptions>) =>
    loadNeeds({ ...many, ...options }, plenty).map(({ who, needed }) => [who, needed]);

  it.each<[string, Partial<NeedsOptions>, readonly (readonly [string, number])[]]>([
    [
      "one connection for all of grpc",
      { arms: [{ arm: "grpc", server: 0 }], bodyBytes: 1 },
      [
        ["it", 10_000],
        ["its client", 61],
        ["its server", 61],
        ["it", 1],
      ],
    ],
    [
      "one each where gRPC has connections of its own",
      { arms: [{ arm: "grpc-own-connection", server: 0 }], bodyBytes: 1 },
      [
        ["it", 10_000],
        ["its client", 10_060],
        ["its server", 10_060],
        ["it", 10_000],
      ],
    ],
    [
      "ten for all of the lean gRPC client",
      { arms: [{ arm: "grpc-http2", server: 0 }], bodyBytes: 1 },
      [
        ["it", 10_000],
        ["its client", 70],
        ["its server", 70],
        ["it", 10],
      ],
    ],
    [
      "the arm's that needs most",
      { arms: [{ arm: "grpc", server: 0 }, rest], bodyBytes: 1 },
      [
        ["it", 10_000],
        ["its client", 10_060],
        ["its server", 10_060],
        ["it", 10_000],
      ],
    ],
    [
      "a share for each of several clients",
      { clients: 3, bodyBytes: 1 },
      [
        ["it", 10_000],
        ["each of its clients", 3394],
        ["its server", 10_060],
        ["it", 10_000],
      ],
    ],
    [
      "twice as many in a link",
      { link: true, bodyBytes: 1 },
      [
        ["it", 10_000],
        ["its client", 10_060],
        ["its server", 10_060],
        ["its link", 20_060],
        ["it", 10_000],
      ],
    ],
    [
      "nothing of servers elsewhere",
      { host: "remote", bodyBytes: 1 },
      [
        ["it", 10_000],
        ["its client", 10_060],
        ["it", 10_000],
      ],
    ],
    [
      "both ends in one process",
      { host: "in-process", bodyBytes: 1 },
      [
        ["it", 10_000],
        ["this process, which is client and server", 20_060],
        ["it", 10_000],
      ],
    ],
    [
      "only users whom the ramp starts",
      { load: closedLoad({ users, spawnPerSecond: 10, runTimeMs: 30_000 }), bodyBytes: 1 },
      [
        ["it", 300],
        ["its client", 360],
        ["its server", 360],
        ["it", 300],
      ],
    ],
    [
      "as many as an open load may have under way",
      { load: openLoad({ callsPerSecond: 10, runTimeMs: 1000, users: 50 }), bodyBytes: 1 },
      [
        ["it", 50],
        ["its client", 110],
        ["its server", 110],
        ["it", 50],
      ],
    ],
  ])("is %s", (_, options, expected) => {
    expect(needed(options)).toEqual(expected);
  });

  it("is at most so many bytes where users begin one after another and pause", () => {
    const load = closedLoad({ users, spawnPerSecond: 1000, thinkMs: [1000, 2000], runTimeMs: 30_000 });
    expect(said({ load })[0]).toBe("The load needs at most 5.2 GB in flight, and 64 GB are free.");
    expect(refused({ load }, { freeBytes: 1e9 })).not.toThrow();
  });
});

test.each<[string, Partial<NeedsOptions>, Partial<MachineLimits>, string]>([
  [
    "memory",
    {},
    { freeBytes: 3.1e9 },
    "The load needs 5.2 GB in flight, and 3.1 GB are free: measure with fewer users, or a smaller body.",
  ],
  [
    "open files, where clients share them",
    { host: "remote" },
    { openFiles: 1024 },
    "The load needs 10,060 open files in its client, and the limit is 1,024: raise it with ulimit -n 11000, or share the load among 11 client processes.",
  ],
  [
    "open files, where the server has the same limit",
    { clients: 11 },
    { openFiles: 1024 },
    "The load needs 10,060 open files in its server, and the limit is 1,024: raise it with ulimit -n 11000.",
  ],
  [
    "local ports",
    { load: closedLoad({ users: 30_000, runTimeMs: 1000 }), bodyBytes: 1 },
    { localPorts: 28_232 },
    "The load needs 30,000 local ports, and the limit is 28,232: widen net.ipv4.ip_local_port_range, or measure with fewer users.",
  ],
])("too little of %s refuses the load and says what to do", (_, options, limits, message) => {
  expect(refused(options, limits)).toThrow(message);
});

test("what a system does not say refuses nothing", () => {
  expect(refused({}, { openFiles: null, localPorts: null, freeBytes: null })).not.toThrow();
});

test("a plan is held against this machine; calls one after another need nothing", () => {
  const load = closedLoad({ users: 20, runTimeMs: 1000 });
  const needs = needsOf({ arms: ["rest", "grpc"], load });
  expect(needs.map(({ what, needed }) => [what, needed])).toEqual([
    ["bytes in flight", 20 * '{"value":0}'.length],
    ["open files", 80],
    ["open files", 80],
    ["local ports", 20],
  ]);
  expect(() => refuseUnmet(needs)).not.toThrow();
  expect(needsOf({ arms: ["rest"] })).toEqual([]);
});

test("callers at once are held against it as the users of a load are, by the arm that has most", () => {
  const arms = [{ name: "rest", callers: 40 }, { name: "grpc" }];
  const needs = needsOf({ arms, work: "payload", size: 1024 });
  expect(needs.map(({ of, what, needed }) => [of, what, needed])).toEqual([
    ["run", "bytes in flight", 40 * (1024 + '{"data":""}'.length)],
    ["run", "open files", 100],
    ["run", "open files", 100],
    ["run", "local ports", 40],
  ]);
  const tooMany = needsOf({ arms: [{ name: "rest", callers: 1e7 }] });
  expect(() => refuseUnmet(tooMany)).toThrow(/^The run needs 10,000,060 open files in its client, and/);
});

test("of clients that are elsewhere nothing is needed here", () => {
  const load = closedLoad({ users, runTimeMs: 1000 });
  const needs = needsOf({ arms: ["rest"], load }, { elsewhere: true });
  expect(needs.map(({ what, who, needed }) => [what, who, needed])).toEqual([
    ["open files", "its server", 10_060],
  ]);
});

test("limits are read where the system has them", () => {
  if (process.platform === "linux") {
    expect(openFilesLimit()).not.toBeNull();
    expect(localPortsLimit()).toBeGreaterThan(0);
  }
  expect(localPortsLimit("/nowhere")).toBeNull();
});
