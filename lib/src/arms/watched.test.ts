import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { type RunningBoth, startServers } from "@wirelab/servers";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { type CallingArm, newAnswer } from "./arm.js";
import type { CallInstants } from "./instants.js";
import { findOwnArm } from "./registry.js";
import { incrementWorkload } from "./works/increment.js";

let servers: RunningBoth;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, works: ["increment"] });
});
afterAll(() => servers.close());

function open(name: string, callers = 1): CallingArm<number, number> {
  let connections = 0;
  const opened = findOwnArm(name).open({
    workload: incrementWorkload,
    endpoints: servers,
    callers,
    timeoutMs: 2000,
    nextConnectionId: () => connections++,
  }) as CallingArm<number, number>;
  onTestFinished(() => opened.close());
  return opened;
}

/** Calls with these numbers while the watch is on, and what it saw. */
async function watch(
  { callers, watch }: CallingArm<number, number>,
  numbers: readonly number[],
  begun = () => {},
) {
  const answers = [];
  watch?.begin();
  begun();
  for (const number of numbers) {
    const answer = newAnswer<number>();
    await callers[0]?.call(number, answer);
    answers.push(answer.output);
  }
  return { answers, seen: (await watch?.end()) ?? [] };
}

/** Its moments in the order in which the protocol has them, for what cannot be otherwise. */
function inOrder(instants: CallInstants): readonly number[] {
  const { serialise, connect, sent, handler, received, deserialise } = instants;
  return [0, ...serialise, ...(connect ?? []), sent, ...(handler ?? []), Math.min(received, deserialise[0])];
}

const watchedArms = ["rest-watched", "rest-new-connection-watched", "grpc-watched"] as const;

describe.each(watchedArms)("%s", (name) => {
  test("sees each call from inside, on one clock with the server", async () => {
    const arm = open(name);
    const { answers, seen } = await watch(arm, [1, 2, 3, 4]);
    expect(answers).toEqual([2, 3, 4, 5]);
    expect(seen).toHaveLength(4);
    for (const instants of seen) {
      expect(instants?.handler).not.toBeNull();
      const moments = inOrder(instants as CallInstants);
      expect(moments).toEqual(moments.toSorted((a, b) => a - b));
    }
    const connects = seen.map((instants) => instants?.connect !== null);
    expect(connects).toEqual(
      name === "rest-new-connection-watched" ? [true, true, true, true] : [true, false, false, false],
    );
  });

  test("has a planted delay in the handler and nowhere else", async () => {
    const delayNs = 30e6;
    const arm = open(name);
    await watch(arm, [0]);
    servers.plantDelay(delayNs / 1000);
    const { seen } = await watch(arm, [1, 2, 3]);
    servers.plantDelay(0);
    for (const instants of seen as CallInstants[]) {
      const [began, ended] = instants.handler as readonly [number, number];
      expect(ended - began).toBeGreaterThanOrEqual(delayNs);
    }
    const quickest = (of: (instants: CallInstants) => number) =>
      Math.min(...(seen as CallInstants[]).map(of));
    expect(quickest(({ handler }) => handler?.[0] ?? Infinity)).toBeLessThan(delayNs);
    expect(quickest(({ handler, received }) => received - (handler?.[1] ?? 0))).toBeLessThan(delayNs);
  });

  test("has a delay planted in connecting there, and in no phase beside it", async () => {
    const delayNs = 30e6;
    const arm = open(name);
    const delay = () => {
      const until = performance.now() + delayNs / 1e6;
      while (performance.now() < until);
    };
    // After the watch's own, so that it comes when a connection is begun.
    const { seen } = await watch(arm, [1], () => subscribe("net.client.socket", delay));
    unsubscribe("net.client.socket", delay);
    const [from, to] = seen[0]?.connect ?? [0, 0];
    expect(to - from).toBeGreaterThanOrEqual(delayNs);
    expect(from).toBeLessThan(delayNs);
    expect((seen[0]?.handler?.[0] ?? Infinity) - to).toBeLessThan(delayNs);
  });

  test("sees nothing of a call that fails, and goes on", async () => {
    const { seen } = await watch(open(name), [1, 2 ** 31 - 1, 3]);
    expect(seen.map((instants) => instants === null)).toEqual([false, true, false]);
  });

  test("asks the server for nothing while nobody watches, and is not watched with several callers", async () => {
    const arm = open(name);
    const sentBy = async (call: () => Promise<unknown>) => {
      const before = arm.wire().sentBytes;
      await call();
      return arm.wire().sentBytes - before;
    };
    const unwatched = () => arm.callers[0]?.call(3, newAnswer<number>()) ?? Promise.reject();
    await watch(arm, [1]);
    await unwatched();
    const plainBytes = await sentBy(unwatched);
    expect(await sentBy(() => watch(arm, [2]))).toBeGreaterThan(plainBytes);
    expect(await sentBy(unwatched)).toBe(plainBytes);
    expect((await watch(arm, [])).seen).toEqual([]);
    expect(open(name, 2).watch).toBeUndefined();
  });
});
