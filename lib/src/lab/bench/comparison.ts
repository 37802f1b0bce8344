import { compareCalls, type RunFacts } from "../../analysis/compare.js";
import { WirelabError } from "../../errors.js";
import type { Calls } from "../../record/calls.js";
import type { Estimate } from "../../stats/interval.js";
import type { Scope } from "../../stats/scope.js";
import { sayRatio } from "../../verdicts/words/prose.js";
import type { RecordedArm } from "./record-file.js";

const comparedMetrics = ["median", "rate", "cpu"] as const;
type ComparedMetric = (typeof comparedMetrics)[number];

/** The servers ran before and go on running: nothing is known of others. */
const scope: Scope = "these processes only";

/** REST ÷ gRPC at one concurrency. */
export interface BenchComparison {
  readonly first: string;
  readonly second: string;
  readonly concurrency: number;
  /** Ratio of the medians of single requests; null when there are too few. */
  readonly median: Estimate | null;
  /** Ratio of the requests per second. */
  readonly rate: Estimate | null;
  /** Ratio of the server's processor time a request; null where that is not known. */
  readonly cpu: Estimate | null;
  readonly scope: Scope;
  /** All of it in words, or why it cannot be said. */
  readonly sentence: string;
}

/** Every REST arm ÷ every gRPC arm of one level of concurrency. */
export function compareProtocols(
  calls: Calls,
  facts: RunFacts,
  arms: readonly RecordedArm[],
): BenchComparison[] {
  const of = (protocol: RecordedArm["protocol"]) => arms.filter((arm) => arm.protocol === protocol);
  return of("rest").flatMap((rest) => of("grpc").map((grpc) => compareArms(calls, facts, { rest, grpc })));
}

function compareArms(
  calls: Calls,
  facts: RunFacts,
  { rest, grpc }: { rest: RecordedArm; grpc: RecordedArm },
): BenchComparison {
  const { concurrency } = rest;
  const ways = { first: rest.arm, second: grpc.arm };
  const ratio = (metric: ComparedMetric): Estimate | null => {
    try {
      return compareCalls(calls, facts, null, { first: rest.name, second: grpc.name, metric }).ratio;
    } catch (error) {
      // A single block has ratios, but no interval.
      if (error instanceof RangeError) return null;
      if (error instanceof WirelabError && error.code === "not-enough-data") return null;
      throw error;
    }
  };
  const ratios = { median: ratio("median"), rate: ratio("rate"), cpu: ratio("cpu") };
  const callers = `${concurrency} ${concurrency === 1 ? "caller" : "callers"}`;
  const clauses = comparedMetrics.flatMap((metric) => {
    const found = ratios[metric];
    return found === null ? [] : [sayRatio({ ...ways, metric, low: found.low, high: found.high })];
  });
  const sentence =
    clauses.length === 0
      ? `With ${callers} ${ways.first} and ${ways.second} cannot be compared: it takes two blocks with requests of both that succeeded.`
      : `With ${callers} ${clauses.join("; ")}: 99 % intervals, for ${scope}.`;
  return { ...ways, concurrency, ...ratios, scope, sentence };
}
