import { describe, expect, it } from "vitest";
import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import { type CompareOptions, compareCalls, type RunFacts } from "./compare.js";
import { shiftOfCalls } from "./shift.js";
import { summariseArm } from "./summarise.js";
import type { Metric } from "./types.js";

interface Row {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly ok?: boolean;
  readonly warmup?: boolean;
  readonly calls?: number;
  readonly connectionId?: number;
}

function callsOf(rows: readonly Row[]): Calls {
  const armNames = [...new Set(rows.map(({ arm }) => arm))];
  const float = (value: (row: Row) => number) => Float64Array.from(rows, value);
  return {
    length: rows.length,
    armNames,
    errorCodes: ["", "TIMEOUT"],
    arm: Uint16Array.from(rows, ({ arm }) => armNames.indexOf(arm)),
    pair: Uint16Array.from(rows, ({ pair }) => pair),
    block: Uint16Array.from(rows, ({ block }) => block),
    index: Uint32Array.from(rows, (_, i) => i),
    caller: new Uint16Array(rows.length),
    intendedMs: float(({ startMs }) => startMs),
    startMs: float(({ startMs }) => startMs),
    durationMs: float(({ durationMs }) => durationMs),
    firstByteMs: float(() => Number.NaN),
    serverMs: float(() => Number.NaN),
    calls: Uint32Array.from(rows, ({ calls = 1 }) => calls),
    ok: Uint8Array.from(rows, ({ ok = true }) => Number(ok)),
    status: Int32Array.from(rows, () => 200),
    error: Uint16Array.from(rows, ({ ok = true }) => Number(!ok)),
    bytesSent: float(() => 11),
    bytesReceived: float(() => 12),
    connectionId: Int32Array.from(rows, ({ connectionId = 0 }) => connectionId),
    warmup: Uint8Array.from(rows, ({ warmup = false }) => Number(warmup)),
  };
}

/** `slow` takes `factor` times what `fast` takes, in every block, though blocks differ by a lot. */
function twoArms({
  factor,
  pairs = 10,
  blocks = 4,
  calls = 20,
}: Record<string, number> & { factor: number }): Row[] {
  const rows: Row[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    for (let block = 0; block < blocks; block++) {
      const blockMs = 1 + ((pair * 7 + block * 3) % 5);
      for (let call = 0; call < calls; call++) {
        const startMs = rows.length * 100;
        const durationMs = blockMs * (1 + call / 100);
        rows.push({ arm: "fast", pair, block, startMs, durationMs });
        rows.push({ arm: "slow", pair, block, startMs: startMs + 50, durationMs: durationMs * factor });
      }
    }
  }
  return rows;
}

const run: RunFacts = {
  host: "child",
  seed: 1,
  load: null,
  loadRounds: [],
  arms: [],
  usage: [],
  usageMissing: "nobody looked",
};

const compareRows = (rows: readonly Row[], options: Partial<CompareOptions> = {}) =>
  compareCalls(callsOf(rows), run, null, {
    first: "slow",
    second: "fast",
    ...options,
  });

describe("compare", () => {
  it.each<Metric>(["mean", "median", "min", "max", "total"])(
    "finds a ratio that is the same in every block, by %s",
    (metric) => {
      const { ratio, pairs, blocks, calls, scope } = compareRows(twoArms({ factor: 1.5 }), { metric });
      expect(ratio.value).toBeCloseTo(1.5, 10);
      expect(ratio.low).toBeCloseTo(1.5, 8);
      expect(ratio.high).toBeCloseTo(1.5, 8);
      expect({ pairs, blocks, calls, scope }).toEqual({
        pairs: 10,
        blocks: 40,
        calls: 2 * 40 * 20,
        scope: "fresh processes on this machine",
      });
    },
  );

  it("inverts when the arms are swapped", () => {
    const rows = twoArms({ factor: 3 });
    const there = compareRows(rows);
    const back = compareRows(rows, { first: "fast", second: "slow" });
    expect(back.ratio.value).toBeCloseTo(1 / there.ratio.value, 10);
    expect(back.ratio.low).toBeCloseTo(1 / there.ratio.high, 8);
  });

  it("leaves out warm-up and failed calls, and blocks that lack one of the arms", () => {
    const rows = twoArms({ factor: 2, pairs: 2 });
    const spoilt: Row[] = [
      ...rows.map((row) => (row.block === 0 ? { ...row, warmup: true, durationMs: 1e6 } : row)),
      { arm: "slow", pair: 1, block: 2, startMs: 0, durationMs: 1e6, ok: false },
      { arm: "slow", pair: 1, block: 9, startMs: 0, durationMs: 1e6 },
    ];
    const { ratio, blocks } = compareRows(spoilt);
    expect(ratio.value).toBeCloseTo(2, 10);
    expect(blocks).toBe(2 * 3);
  });

  it("measures elapsed time from the first start to the last end, so calls that overlap count once", () => {
    const rows = [0, 1].flatMap((block): Row[] => [
      { arm: "one by one", pair: 0, block, startMs: 0, durationMs: 5 },
      { arm: "one by one", pair: 0, block, startMs: 5, durationMs: 5 },
      { arm: "at once", pair: 0, block, startMs: 0, durationMs: 5 },
      { arm: "at once", pair: 0, block, startMs: 0, durationMs: 5 },
    ]);
    const arms = { first: "one by one", second: "at once" };
    expect(compareRows(rows, { ...arms, metric: "elapsed" }).ratio.value).toBeCloseTo(2, 10);
    expect(compareRows(rows, { ...arms, metric: "total" }).ratio.value).toBeCloseTo(1, 10);
  });

  it("compares rates, which are the inverse of elapsed times", () => {
    const rows = twoArms({ factor: 4 });
    const rate = compareRows(rows, { metric: "rate" }).ratio;
    const elapsed = compareRows(rows, { metric: "elapsed" }).ratio;
    expect(rate.value * elapsed.value).toBeCloseTo(1, 10);
    expect(rate.value).toBeLessThan(1);
  });

  it("has no rate and no elapsed time of calls that the lab held back", () => {
    const held = { mostCalls: 2000, mostPerSecond: 20 };
    const facts = { ...run, service: { sameWork: true, operations: {}, bounds: held } };
    const calls = callsOf(twoArms({ factor: 4 }));
    const arms = { first: "slow", second: "fast" };
    for (const metric of ["rate", "elapsed"] as const) {
      expect(() => compareCalls(calls, facts, null, { ...arms, metric })).toThrow(/held to 20 a second/);
    }
    expect(compareCalls(calls, facts, null, arms).ratio.value).toBeCloseTo(4, 10);
    expect(summariseArm(calls, "slow", facts).callsPerSecond).toBeNaN();
  });

  it("weighs a row by the calls it stands for", () => {
    const rows = [0, 1].flatMap((block): Row[] => [
      { arm: "slow", pair: 0, block, startMs: 0, durationMs: 3, calls: 1 },
      { arm: "fast", pair: 0, block, startMs: 0, durationMs: 0.001, calls: 10_000 },
    ]);
    expect(compareRows(rows, { metric: "total" }).ratio.value).toBeCloseTo(3000, 6);
  });

  it("speaks only for its own processes with fewer than ten pairs, or a host that is not a fresh process", () => {
    expect(compareRows(twoArms({ factor: 2, pairs: 9 })).scope).toBe("these processes only");
    const calls = callsOf(twoArms({ factor: 2 }));
    const remote = compareCalls(calls, { ...run, host: "remote" }, null, { first: "slow", second: "fast" });
    expect(remote.scope).toBe("these processes only");
  });

  it.each<[string, Partial<CompareOptions>, RegExp]>([
    ["an arm that is not there", { first: "soap" }, /has no arm "soap"; it has fast, slow/],
    [
      "a percentile of too few calls",
      { metric: "p99" },
      /p99 a round needs 368 calls a round, and in one of its rounds there are 20/,
    ],
  ])("refuses %s in a sentence", (_what, options, sentence) => {
    expect(() => compareRows(twoArms({ factor: 2 }), options)).toThrow(sentence);
    expect(() => compareRows(twoArms({ factor: 2 }), options)).toThrow(WirelabError);
  });
});

describe("summariseArm", () => {
  const rows: Row[] = twoArms({ factor: 2, calls: 50 }).map((row, i) => ({
    ...row,
    connectionId: i % 4 === 0 ? 0 : 1,
  }));

  it("counts warm, warm-up and failed calls apart, and connections in every pair", () => {
    const mixed: Row[] = rows.map((row) => (row.block === 0 ? { ...row, warmup: true } : row));
    mixed.push({
      arm: "fast",
      pair: 0,
      block: 3,
      startMs: 1e9,
      durationMs: 1e6,
      ok: false,
      connectionId: -1,
    });
    const summary = summariseArm(callsOf(mixed), "fast", run);
    expect(summary).toMatchObject({
      calls: 1500,
      warmupCalls: 500,
      failed: 1,
      errorRate: 1 / 2001,
      connections: 20,
    });
    expect(summary.maxMs).toBeLessThan(10);
    expect([summary.bytesSentPerCall, summary.bytesReceivedPerCall]).toEqual([11, 12]);
  });

  it("gives the first call of each pair by its time, warm-up or not", () => {
    const summary = summariseArm(callsOf(rows), "fast", run);
    const firsts = Array.from({ length: 10 }, (_, pair) => 1 + ((pair * 7) % 5)).sort();
    expect(summary.firstCallMs).toBeCloseTo(((firsts[4] as number) + (firsts[5] as number)) / 2, 10);
  });

  it("refuses the percentile that has too few calls, and says how many it needs", () => {
    const calls = callsOf(twoArms({ factor: 2, pairs: 1, blocks: 3, calls: 20 }));
    const summary = summariseArm(calls, "fast", run);
    expect(summary.p99Ms).toBeNull();
    expect(summary.refused.p99Ms?.refused).toMatch(/p99 needs \d+ calls/);
    expect(summary.p50Ms?.value).toBeGreaterThan(0);
  });

  it("counts calls a second over the time that rounds took, so calls that overlap count each", () => {
    const round = (block: number, tookMs: number): Row[] =>
      [0, 1, 2, 3].map((caller) => {
        const startMs = block * 1000 + caller;
        return { arm: "busy", pair: 0, block, startMs, durationMs: tookMs - caller };
      });
    const busy = [...round(0, 10), ...round(1, 40), ...round(2, 20)];
    const summary = summariseArm(callsOf(busy), "busy", run);
    expect(summary.callsPerSecond).toBeCloseTo((1000 * 12) / 70, 9);
    expect(summary.peakCallsPerSecond).toBeCloseTo(400, 9);
    expect(summariseArm(callsOf([]), "busy", run).peakCallsPerSecond).toBeNaN();
  });
});

describe("shiftOfCalls", () => {
  const arms = { first: "slow", second: "fast" };
  const shiftRows = (rows: readonly Row[]) => shiftOfCalls(callsOf(rows), run, null, arms);

  it("finds a factor that is the same for fast and slow calls at every decile, and says who is longer how often", () => {
    const { deciles, effect, scope } = shiftRows(twoArms({ factor: 20 }));
    expect(deciles.map(({ p }) => p)).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    for (const { ratio } of deciles) expect(ratio.value).toBeCloseTo(20, 8);
    expect(effect).toEqual({ delta: 1, label: "large" });
    expect(scope).toBe("fresh processes on this machine");
  });

  it("finds a difference that only the slow calls make", () => {
    const rows = twoArms({ factor: 1 }).map((row, i) =>
      row.arm === "slow" && row.durationMs > 4.5 ? { ...row, durationMs: row.durationMs * 3, index: i } : row,
    );
    const { deciles } = shiftRows(rows);
    expect(deciles[0]?.ratio.value).toBeCloseTo(1, 8);
    expect(deciles[8]?.ratio.value).toBeCloseTo(3, 1);
  });

  it("refuses an arm timed in batches, and a single block, in a sentence", () => {
    const batches = twoArms({ factor: 2 }).map((row) => (row.arm === "fast" ? { ...row, calls: 1000 } : row));
    expect(() => shiftRows(batches)).toThrow("fast is timed in batches");
    expect(() => shiftRows(twoArms({ factor: 2, pairs: 1, blocks: 1 }))).toThrow(
      "measure with blocks 2 or more",
    );
  });
});
