import { describe, expect, it } from "vitest";
import { WirelabError } from "../../errors.js";
import type { Run } from "../../record/run.js";
import type { RoundUsage, RunInfo } from "../../record/run-info.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { sampleCalls } from "../../show/testing/samples.js";
import { compare } from "../compare.js";
import { summarise } from "../summarise.js";
import type { Metric } from "../types.js";

const names = ["rest", "grpc"];
const warmup = 2;

interface MadeUp {
  readonly pairs?: number;
  readonly host?: RunInfo["host"];
  /** Whether each arm has a server of its own. */
  readonly own?: boolean;
  /** What of a round was used, beside what is made up of its place. */
  readonly change?: (round: RoundUsage) => Partial<RoundUsage> | null;
}

/** Rounds of 10 calls; rest uses 3 ms of processor time a call, grpc 2, ten times that while it warms up. */
function madeUp({ pairs = 3, host = "child", own = false, change = () => ({}) }: MadeUp = {}): Run {
  const usage: RoundUsage[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (let block = 0; block < 6; block++) {
      for (const arm of names) {
        const each = (arm === "rest" ? 3 : 2) * (block < warmup ? 10 : 1);
        const residentBytes = 1e8 + block * 1000;
        const peakBytes = (arm === "rest" ? 3e8 : 2e8) * (1 + pair);
        const round = {
          arm,
          pair,
          block,
          calls: 10,
          cpuMs: each * 10,
          clientCpuMs: null,
          residentBytes,
          peakBytes,
        };
        const changed = change(round);
        if (changed !== null) usage.push({ ...round, ...changed });
      }
    }
  }
  const arms = names.map((name, server) => ({
    ...sampleInfo().arms[0],
    name,
    arm: name,
    server: own ? server : 0,
  })) as RunInfo["arms"];
  const info = sampleInfo({ host, arms, usage, usageMissing: "nobody looked" });
  const calls = sampleCalls({
    arms: names.map((name) => ({ name, medianMs: 1 })),
    pairs,
    blocks: 6,
    callsPerRound: 10,
  });
  return { info, folder: null, warnings: [], calls: async () => calls };
}

const ratio = (run: Run, metric: Metric) => compare(run, { first: "rest", second: "grpc", metric });

async function refusal(run: Run, metric: Metric): Promise<string> {
  const error = await ratio(run, metric).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(WirelabError);
  expect((error as WirelabError).code).toBe("not-enough-data");
  return (error as WirelabError).message;
}

describe("processor time", () => {
  it("is of warm rounds only, a call, and compared in every block", async () => {
    const run = madeUp();
    const [rest, grpc] = await summarise(run);
    expect([rest?.server.cpuMsPerCall, grpc?.server.cpuMsPerCall]).toEqual([3, 2]);
    const { ratio: cpu, blocks, metric } = await ratio(run, "cpu");
    expect(cpu.value).toBeCloseTo(1.5, 10);
    expect({ blocks, metric }).toEqual({ blocks: 3 * 4, metric: "cpu" });
  });

  it("counts calls that failed, for they were served too", async () => {
    const [rest] = await summarise(madeUp({ change: () => ({ calls: 20 }) }));
    expect(rest?.server.cpuMsPerCall).toBe(1.5);
  });

  it("is not compared where some rounds were too short to be read, or have none", async () => {
    const nothing = madeUp({
      change: ({ arm, block }) => (arm === "grpc" && block === 3 ? { cpuMs: 0 } : {}),
    });
    expect(await refusal(nothing, "cpu")).toBe(
      "The run has no cpu of grpc to compare: nothing was read in 3 of its 12 rounds, which have to be longer.",
    );
    const gaps = madeUp({ change: ({ pair, block }) => (pair === 1 && block === 5 ? null : {}) });
    expect(await refusal(gaps, "cpu")).toMatch(/of rest to compare: in 1 of its 12 rounds nobody looked/);
    const [rest] = await summarise(gaps);
    expect(rest?.server).toMatchObject({
      cpuMsPerCall: null,
      missing: { cpu: "in 1 of its 12 rounds nobody looked" },
    });
  });

  it("is missing with the run's reason where nobody looked", async () => {
    const run = madeUp({ change: () => null });
    expect(await refusal(run, "cpu")).toBe("The run has no cpu of rest to compare: nobody looked.");
    const [rest] = await summarise(run);
    expect(rest?.server).toEqual({
      cpuMsPerCall: null,
      memory: null,
      missing: { cpu: "nobody looked", memory: "nobody looked" },
    });
  });
});

describe("memory", () => {
  it("is the peak of each pair's own server, one ratio a pair, and what warm calls leave behind", async () => {
    const run = madeUp({ own: true });
    const [rest] = await summarise(run);
    // Between the first warm round and the last lie three more rounds of 10 calls.
    expect(rest?.server.memory).toEqual({ peakBytes: 6e8, grownBytesPerCall: 3000 / 30 });
    const memory = await ratio(run, "memory");
    expect(memory.ratio.value).toBeCloseTo(1.5, 10);
    expect([memory.pairs, memory.blocks]).toEqual([3, 3]);
  });

  it.each<[string, MadeUp, RegExp]>([
    ["arms share a server", {}, /of rest to compare: its server serves other arms too\.$/],
    ["the server was there before", { own: true, host: "remote" }, /its server ran before/],
    ["there is one pair", { own: true, pairs: 1 }, /an interval takes two pairs/],
    ["a server is several processes", { own: true, change: () => ({ peakBytes: null }) }, /does not tell/],
    [
      "a pair has none",
      { own: true, change: ({ pair }) => (pair === 2 ? null : {}) },
      /some pairs have none/,
    ],
  ])("is refused where %s", async (_, options, sentence) => {
    expect(await refusal(madeUp(options), "memory")).toMatch(sentence);
  });
});
