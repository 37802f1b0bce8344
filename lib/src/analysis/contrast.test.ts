import { expect, test } from "vitest";
import type { Run } from "../record/run.js";
import { sampleInfo } from "../record/testing/samples.js";
import { type SampleArm, sampleCalls } from "../show/testing/samples.js";
import { compare } from "./compare.js";
import { contrast } from "./contrast.js";

function run(arms: readonly SampleArm[], { pairs = 2, host = "child" as const } = {}): Run {
  const calls = sampleCalls({ arms, pairs, blocks: 10 });
  return { info: sampleInfo({ pairs, host }), folder: null, warnings: [], calls: async () => calls };
}

const near = run([
  { name: "rest", medianMs: 1 },
  { name: "grpc", medianMs: 2 },
  { name: "rest-new", medianMs: 3 },
]);
const far = run([
  { name: "rest", medianMs: 5 },
  { name: "grpc", medianMs: 4 },
]);
const term = (of: Run, first: string, sign: 1 | -1) => ({ run: of, first, second: "grpc", sign });

test("one ratio alone is what compare says of it", async () => {
  const { ratio, scope } = await contrast([term(near, "rest", 1)]);
  const compared = await compare(near, { first: "rest", second: "grpc" });
  expect(ratio).toEqual(compared.ratio);
  expect(scope).toBe(compared.scope);
});

test("a flip within a run, across runs, and two at once come out as they were made up", async () => {
  const within = await contrast([term(near, "rest-new", 1), term(near, "rest", -1)]);
  expect(within.ratio.value).toBeCloseTo(3, 0);
  const across = await contrast([term(far, "rest", 1), term(near, "rest", -1)]);
  expect(across.ratio.value).toBeCloseTo(2.5, 0);
  expect(across.ratio.low).toBeGreaterThan(1);
  const turned = await contrast([term(far, "rest", -1), term(near, "rest", 1)]);
  expect(turned.ratio.value * across.ratio.value).toBeCloseTo(1, 9);
});

test("it speaks of fresh processes only where every run does", async () => {
  const arms = [
    { name: "rest", medianMs: 1 },
    { name: "grpc", medianMs: 2 },
  ];
  const fresh = run(arms, { pairs: 10 });
  const other = run(arms, { pairs: 10 });
  const scopeOf = async (...runs: Run[]) => (await contrast(runs.map((one) => term(one, "rest", 1)))).scope;
  expect(await scopeOf(fresh, other)).toBe("fresh processes on this machine");
  expect(await scopeOf(fresh, far)).toBe("these processes only");
});

test("an arm that is not there, and a run of one block, are said so", async () => {
  await expect(contrast([term(far, "rest-new", 1)])).rejects.toMatchObject({ code: "usage" });
  const arms = [
    { name: "rest", medianMs: 1 },
    { name: "grpc", medianMs: 2 },
  ];
  const calls = sampleCalls({ arms, pairs: 1, blocks: 3 });
  const short: Run = { ...far, calls: async () => calls };
  await expect(contrast([term(short, "rest", 1)])).rejects.toMatchObject({ code: "not-enough-data" });
  await expect(contrast([])).rejects.toMatchObject({ code: "usage" });
});
