import { type LoadSummary, summariseLoad } from "../../analysis/loads/load.js";
import { type Scaling, scalingsOf } from "../../analysis/loads/scaling.js";
import type { Calls } from "../../record/calls.js";
import type { Warning } from "../../record/run-info.js";
import { type BenchComparison, compareProtocols } from "./comparison.js";
import { callsOf, factsOf } from "./record.js";
import type { BenchRecord, RecordedArm } from "./record-file.js";

/** One arm at one concurrency: what called, its metrics, and the calls that they are computed from. */
export interface BenchArm extends RecordedArm {
  readonly metrics: Omit<LoadSummary, "arm">;
}

/** What was measured and what follows from it: what `--output-json` writes. */
export interface BenchResults extends Omit<BenchRecord, "arms"> {
  readonly arms: BenchArm[];
  /** REST ÷ gRPC, a level of concurrency each. */
  readonly comparisons: readonly BenchComparison[];
  /** Throughput against concurrency, where there are several levels. */
  readonly scaling: readonly Scaling[];
}

/** Computes everything that is said of one record, or of several of the same setting as of one (see `unlikeness`). */
export function resultsOf(records: readonly [BenchRecord, ...BenchRecord[]]): BenchResults {
  const [first] = records;
  const calls = callsOf(records);
  const facts = factsOf(records);
  const { concurrency } = first;
  const metrics = (recorded: RecordedArm) => {
    const { arm: _, ...load } = summariseLoad(calls, recorded, facts);
    return load;
  };
  const arms = first.arms.map((arm) => ({ ...arm, metrics: metrics(arm) }));
  return {
    ...first,
    run: records.length === 1 ? first.run : null,
    warnings: distinct(records.flatMap(({ warnings }) => warnings)),
    arms,
    comparisons: concurrency.flatMap((level) =>
      compareProtocols(
        calls,
        facts,
        first.arms.filter((arm) => arm.concurrency === level),
      ),
    ),
    scaling: concurrency.length < 2 ? [] : scalingsOf(calls, arms, facts),
  };
}

/** The calls of some arms of results, for figures. */
export function callsOfArms(records: readonly BenchRecord[], names: readonly string[]): Calls {
  return callsOf(
    records.map((record) => ({ ...record, arms: record.arms.filter((arm) => names.includes(arm.name)) })),
  );
}

/** Results without their calls, for those who have the file or the run folder. */
export function withoutCalls(results: BenchResults): object {
  return { ...results, arms: results.arms.map(({ calls: _, usage: __, ...arm }) => arm) };
}

function distinct(warnings: readonly Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [warning.message, warning])).values()];
}
