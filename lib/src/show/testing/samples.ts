import type { Calls } from "../../record/calls.js";
import { createRandom } from "../../stats/random.js";
import type { Direction, Verdict } from "../../verdicts/types.js";
import type { PublishedMark } from "../figures/published-beside-measured.js";

/** Text as someone who means harm would choose it: markup, an attribute's end, a script's end, a comment. */
export const HOSTILE = `<img src=x onerror="window.pwned=1">'"&</script><!--<script>window.pwned=1</script>`;

/** An arm whose calls a sample has: median in ms, and how many calls a row stands for. */
export interface SampleArm {
  readonly name: string;
  readonly medianMs: number;
  readonly batch?: number;
}

export const SAMPLE_ARMS: readonly SampleArm[] = [
  { name: "function", medianMs: 0.0003, batch: 1000 },
  { name: "rest", medianMs: 0.124 },
  { name: "rest-new-connection", medianMs: 0.238 },
  { name: "grpc", medianMs: 0.181 },
  { name: "grpc-stream", medianMs: 0.052 },
];

export interface SampleOptions {
  readonly arms?: readonly SampleArm[];
  readonly pairs?: number;
  /** Blocks of a pair; the first two are warm-up. */
  readonly blocks?: number;
  readonly callsPerRound?: number;
}

const WARMUP_BLOCKS = 2;

/** A run's calls from a fixed seed: log-normal, slower in warm-up, one call in a hundred ten times as long. */
export function sampleCalls(options: SampleOptions = {}): Calls {
  const { arms = SAMPLE_ARMS, pairs = 3, blocks = 12, callsPerRound = 40 } = options;
  const random = createRandom(7);
  const rows: Row[] = [];
  let clockMs = 0;
  for (let pair = 0; pair < pairs; pair++) {
    for (let block = 0; block < blocks; block++) {
      for (const [arm, sample] of arms.entries()) {
        for (let index = 0; index < callsPerRound; index++) {
          const durationMs = sample.medianMs * factor(random, block);
          const batch = sample.batch ?? 1;
          rows.push({ arm, pair, block, index, startMs: clockMs, durationMs, batch });
          clockMs += durationMs * batch;
        }
      }
    }
    clockMs += 40;
  }
  return callsOf(rows, arms);
}

const TOTAL = { condition: "chain", metric: "total of 10,000 calls", remark: "" };

/** Published totals and what a machine might answer to them. */
export const PUBLISHED_ROWS: readonly PublishedMark[] = [
  { ...TOTAL, arm: "function", publishedMs: 0.11, measured: estimate(0.0031) },
  { ...TOTAL, arm: "rest", publishedMs: 79_800, measured: estimate(1240) },
  { ...TOTAL, arm: "grpc", publishedMs: 3320, measured: estimate(1810) },
  { ...TOTAL, arm: "grpc-stream", publishedMs: 2240, measured: null },
];

/** As many verdicts as asked for, of every direction, some without a number, with long statements among them. */
export function sampleVerdicts(count: number): readonly Verdict[] {
  const directions: readonly Direction[] = [
    "holds",
    "opposite",
    "negligible",
    "undecided",
    "not testable here",
  ];
  return Array.from({ length: count }, (_, i) => {
    const direction = directions[i % directions.length] ?? "holds";
    return sampleVerdict(i, direction);
  });
}

function sampleVerdict(i: number, direction: Direction): Verdict {
  const tested = direction !== "not testable here";
  const ratio = { holds: 1.9, opposite: 0.64, negligible: 1.01, undecided: 1.1, "not testable here": 1 }[
    direction
  ];
  const subject = i % 3 === 0 ? "An image of 1.58 MB sent between two machines in one zone" : "A call";
  return {
    claim: `sample-${i}`,
    post: "003",
    statement: `${subject} takes longer over REST than over gRPC, claim ${i + 1}`,
    metric: i === 1 ? "rate" : "total",
    first: i % 4 === 0 ? "rest-new-connection" : "rest",
    second: i % 2 === 0 ? "grpc" : "grpc-stream",
    claimed: "above one",
    stack: `${i % 2 === 0 ? "ported: Express 5.3.0" : "replicated: Flask 3.1"}, grpc 1.14`,
    direction,
    size: tested ? "smaller" : null,
    ratio: tested ? ratio : null,
    low: tested ? ratio * 0.93 : null,
    high: tested ? ratio * (direction === "undecided" ? 1.3 : 1.05) : null,
    published: i % 5 === 3 ? null : i === 2 ? 29_269 : 1.3 + (i % 7) * 4,
    conditions: "one machine; REST keeps its connection",
    smallestEffect: 0.05,
    calls: tested ? 20_000 : null,
    scope: tested ? "fresh processes on this machine" : "",
    run: tested ? "data/runs/sample" : null,
    missing: tested ? null : "two machines in one zone",
  };
}

interface Row {
  readonly arm: number;
  readonly pair: number;
  readonly block: number;
  readonly index: number;
  readonly startMs: number;
  readonly durationMs: number;
  readonly batch: number;
}

function callsOf(rows: readonly Row[], arms: readonly SampleArm[]): Calls {
  const zeros = rows.map(() => 0);
  return {
    length: rows.length,
    arm: Uint16Array.from(rows, (row) => row.arm),
    armNames: arms.map(({ name }) => name),
    pair: Uint16Array.from(rows, (row) => row.pair),
    block: Uint16Array.from(rows, (row) => row.block),
    index: Uint32Array.from(rows, (row) => row.index),
    caller: Uint16Array.from(zeros),
    intendedMs: Float64Array.from(rows, (row) => row.startMs),
    startMs: Float64Array.from(rows, (row) => row.startMs),
    durationMs: Float64Array.from(rows, (row) => row.durationMs),
    firstByteMs: Float64Array.from(zeros, () => Number.NaN),
    serverMs: Float64Array.from(zeros, () => Number.NaN),
    calls: Uint32Array.from(rows, (row) => row.batch),
    ok: Uint8Array.from(zeros, () => 1),
    status: Int32Array.from(zeros, () => 200),
    error: Uint16Array.from(zeros),
    errorCodes: [""],
    bytesSent: Float64Array.from(zeros, () => 11),
    bytesReceived: Float64Array.from(zeros, () => 11),
    connectionId: Int32Array.from(zeros),
    warmup: Uint8Array.from(rows, (row) => (row.block < WARMUP_BLOCKS ? 1 : 0)),
  };
}

function factor(random: { next(): number }, block: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const slow = random.next() < 0.01 ? 10 : 1;
  return Math.exp(0.12 * normal) * slow * (block < WARMUP_BLOCKS ? 2.2 : 1);
}

function estimate(value: number) {
  return { value, low: value * 0.97, high: value * 1.04, confidence: 0.99 };
}
