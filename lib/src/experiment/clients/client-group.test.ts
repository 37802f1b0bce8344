import { expect, test } from "vitest";
import { WirelabError } from "../../errors.js";
import type { RoundPart } from "../../record/calls.js";
import { RoundBuffer } from "../../record/log/round-buffer.js";
import { openLoad } from "../../schedule/load-choice.js";
import type { Client, LoadReport, RoundReport, RoundRequest } from "./client.js";
import { ClientGroup, mergeReports } from "./client-group.js";

const place = { arm: "rest", pair: 0, block: 0 };
const load: RoundRequest = {
  ...place,
  load: openLoad({ callsPerSecond: 10, runTimeMs: 1000 }),
  beginMs: 0,
  seed: 1,
  mostCalls: null,
  mostFailures: null,
};
const report = (changes: Partial<LoadReport> = {}): LoadReport => ({
  usersStarted: 1,
  overMs: 1000,
  notSent: 0,
  loopUse: [],
  ...changes,
});
const finished: RoundReport = { end: { status: "finished" }, load: report(), wire: null };

function part(): RoundPart {
  const buffer = new RoundBuffer();
  buffer.push(0, 0, 0, 0, 1, NaN, NaN, 1, true, 200, "", 0, 0, 0);
  return buffer.take("rest", 0, 0);
}

/** A client that does what the test says, and otherwise waits to be interrupted and hands on one last part. */
function client(run?: () => Promise<RoundReport>): Client & { interrupted: boolean; stopped: boolean } {
  const made = {
    pids: [1],
    openUsers: async () => {},
    interrupted: false,
    stopped: false,
    run: (_: RoundRequest, onPart: (part: RoundPart) => void, signal: AbortSignal) =>
      run?.() ??
      new Promise<RoundReport>((resolve) => {
        signal.addEventListener("abort", () => {
          made.interrupted = true;
          onPart(part());
          resolve({ end: { status: "interrupted" }, load: report(), wire: null });
        });
      }),
    stop: async () => {
      made.stopped = true;
    },
  };
  return made;
}

const never = new AbortController().signal;

test("sums up users and unsent calls, and takes the busiest loop of every second and the time of all clients", () => {
  const merged = mergeReports([
    { ...finished, load: report({ usersStarted: 3, notSent: 2, loopUse: [0.5, 0.1, 0.3] }) },
    { ...finished, load: report({ usersStarted: 2, overMs: 700, notSent: 5, loopUse: [0.2, 0.9] }) },
  ]);
  expect(merged).toEqual({
    end: { status: "finished" },
    load: { usersStarted: 5, overMs: 700, notSent: 7, loopUse: [0.5, 0.9, 0.3] },
    wire: null,
  });
});

test("a chain has no load", () => {
  expect(mergeReports([{ ...finished, load: null }])).toEqual({ ...finished, load: null });
});

test("one that gives up ends the load of the others, and says why it ended", async () => {
  const reason = "5 calls failed";
  const other = client();
  const group = new ClientGroup([
    other,
    client(async () => ({ ...finished, end: { status: "gave-up", reason } })),
  ]);
  const { end } = await group.run(load, () => {}, never);
  expect([end, other.interrupted]).toEqual([{ status: "gave-up", reason }, true]);
});

test("one that fails ends the load of the others, whose last calls are kept before the failure is told", async () => {
  const other = client();
  const failure = new WirelabError("client-failed", "it ended");
  const group = new ClientGroup([other, client(() => Promise.reject(failure)), client(async () => finished)]);
  const parts: RoundPart[] = [];
  await expect(group.run(load, (each) => parts.push(each), never)).rejects.toBe(failure);
  expect([other.interrupted, parts.length]).toEqual([true, 1]);
});

test("an interrupt reaches all of them", async () => {
  const [one, two] = [client(), client()];
  const controller = new AbortController();
  const running = new ClientGroup([one, two]).run(load, () => {}, controller.signal);
  controller.abort();
  expect((await running).end).toEqual({ status: "interrupted" });
  expect([one.interrupted, two.interrupted]).toEqual([true, true]);
});

test("stops all of them, and has all their processes", async () => {
  const [one, two] = [client(), client()];
  const group = new ClientGroup([one, two]);
  await group.stop();
  expect([group.pids, one.stopped, two.stopped]).toEqual([[1, 1], true, true]);
});
