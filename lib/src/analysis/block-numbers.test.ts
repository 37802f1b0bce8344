import { expect, test } from "vitest";
import type { Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { sampleInfo } from "../record/testing/samples.js";
import { sampleCalls } from "../show/testing/samples.js";
import { geometricMeans } from "../stats/ratios/means-ratio.js";
import { numbersOf } from "./block-numbers.js";
import { predict } from "./layers/predict.js";

const calls = sampleCalls({ arms: [{ name: "rest", medianMs: 2 }], pairs: 2, blocks: 12 });

function run(changes: Partial<RunInfo> = {}): Run {
  return { info: sampleInfo(changes), folder: null, warnings: [], calls: async () => calls };
}

/** What server and client of a round of 40 calls used. */
const used = (pair: number, block: number, cpuMs: number | null) => {
  const round = { arm: "rest", pair, block, calls: 40, residentBytes: null, peakBytes: null };
  return { ...round, cpuMs, clientCpuMs: 20 };
};

const blocks = [0, 1].flatMap((pair) => Array.from({ length: 12 }, (_, block) => [pair, block] as const));

test("a block has medians, gaps between answers, and processor times of a call", async () => {
  const usage = blocks.map(([pair, block]) => used(pair, block, 10));
  const asked = (["median", "gap", "serverCpu", "clientCpu"] as const).map((kind) => ({ arm: "rest", kind }));
  const numbers = await numbersOf(run({ usage }), asked);
  const [median = 0, gap = 0, ...cpu] = geometricMeans([numbers]);
  expect(median).toBeCloseTo(2, 0);
  // One caller is never idle, and a few of its calls take ten times as long.
  expect(gap).toBeGreaterThan(median);
  expect(gap).toBeLessThan(1.5 * median);
  expect(cpu).toEqual([expect.closeTo(0.25, 9), expect.closeTo(0.5, 9)]);
});

test("blocks that lack a number are left out, and a run of which none has all says what it lacks", async () => {
  const usage = blocks.map(([pair, block]) => used(pair, block, pair === 1 ? 10 : null));
  const cpu = [{ arm: "rest", kind: "serverCpu" }] as const;
  const whole = await numbersOf(run({ usage }), [{ arm: "rest", kind: "median" }]);
  expect((await numbersOf(run({ usage }), cpu)).map((pair) => pair.length)).toEqual([whole[1]?.length]);
  await expect(numbersOf(run(), cpu)).rejects.toMatchObject({
    code: "not-enough-data",
    message: expect.stringContaining("0 warm blocks with all of processor time of the server of rest"),
  });
  await expect(numbersOf(run(), [{ arm: "grpc", kind: "median" }])).rejects.toMatchObject({ code: "usage" });
});

test("what is predicted of an arm knows the window that its server was given", async () => {
  const link = { ...{ roundTripMs: 10, jitterMs: 0, bandwidthMbps: null }, stalls: null };
  const slow = { ...link, slowStart: true, slowStartAfterIdle: false };
  const large = { ...calls, bytesSent: calls.bytesSent.map(() => 524_297) };
  const linkMsOf = async (windowBytes?: number) => {
    const server = { server: 0, program: "node", protocols: ["grpc"], workers: 1, tls: false } as const;
    const arms = sampleInfo()
      .arms.slice(0, 1)
      .map((arm) => ({ ...arm, arm: "grpc" }));
    const info = sampleInfo({ arms, servers: [{ ...server, windowBytes }] });
    const [said] = await predict({ ...run(), info, calls: async () => large }, slow);
    return said?.linkMs;
  };
  expect(await linkMsOf()).toBeCloseTo(130, 9);
  expect(await linkMsOf(131_072)).toBeCloseTo(70, 9);
  expect(await linkMsOf(1_048_576)).toBeCloseTo(10, 9);
});
