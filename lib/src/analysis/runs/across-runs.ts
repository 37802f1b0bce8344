import type { Estimate } from "../../stats/interval.js";
import { differenceOfEstimates, ratioOfEstimates } from "../../stats/ratios/ratio-of-estimates.js";
import { roundingRoom, sayMs } from "../imported-ratio.js";
import type { ComparedRun } from "./compared-run.js";
import type { ArmNumber } from "./run-metric.js";
import type { RunMetric } from "./run-metric-names.js";

/** What is held against the baseline: a number of an arm, or how many times one arm's is another's inside the blocks of a run. */
export interface Subject {
  readonly metric: RunMetric;
  readonly arm: string;
  /** The arm that `arm` is divided by inside each run; null for a number of `arm` itself. */
  readonly per: string | null;
}

/** One number in the baseline and in another run. */
export interface AcrossRuns extends Subject {
  readonly before: ArmNumber;
  readonly now: ArmNumber;
  /**
   * Now ÷ before, of an error rate, which may be 0, now − before; the rounding of files in its interval. Null where `why` says why.
   */
  readonly change: Estimate | null;
  /** The same as if durations were not rounded. */
  readonly unrounded: Estimate | null;
  /** Why there is no change, or nothing to conclude from it, as the end of a sentence; "" else. */
  readonly why: string;
  /** How durations are rounded, as the end of a sentence; "" where they are not. */
  readonly rounding: string;
}

/**
 * How a number changed from the baseline to another run, with a 99 % interval. The two share no block, so each is resampled by
 * itself and their errors are put together (`ratioOfEstimates`); what else differs between them is in the change.
 */
export function acrossRuns(baseline: ComparedRun, run: ComparedRun, subject: Subject): AcrossRuns {
  const [before, now] = [numberOf(baseline, subject), numberOf(run, subject)];
  const known = { ...subject, before, now, rounding: isDuration(subject) ? roundingOf(baseline, run) : "" };
  const none = (why: string) => ({ ...known, change: null, unrounded: null, why });
  if (before.kind !== "estimated" || now.kind !== "estimated") {
    const reasons = [whyNot(before, baseline), whyNot(now, run)].filter((reason) => reason !== "");
    return none([...new Set(reasons)].join("; "));
  }
  if (subject.metric === "error rate") {
    const change = differenceOfEstimates(now.estimate, before.estimate);
    return { ...known, change, unrounded: change, why: "" };
  }
  const [first, second] = [now.estimate.value, before.estimate.value];
  if (!(first > 0 && second > 0)) {
    return none(`in ${(second > 0 ? run : baseline).label} it is 0, and nothing is a multiple of that`);
  }
  const unrounded = ratioOfEstimates(now.estimate, before.estimate);
  const steps = { first: run.durationStepMs, second: baseline.durationStepMs };
  const room = known.rounding === "" ? { low: 1, high: 1 } : roundingRoom({ first, second }, steps);
  const change = { ...unrounded, low: unrounded.low * room.low, high: unrounded.high * room.high };
  return { ...known, change, unrounded, why: "" };
}

/** A subject's number in one run. */
export function numberOf(run: ComparedRun, { metric, arm, per }: Subject): ArmNumber {
  return per === null ? run.number(arm, metric) : run.ratio(arm, per, metric);
}

/** Whether it is a duration of calls, and so rounded as the file's durations are. */
export function isDuration({ metric, per }: Subject): boolean {
  return per === null && metric !== "rate" && metric !== "cpu" && metric !== "error rate";
}

function roundingOf(...runs: readonly ComparedRun[]): string {
  const said = runs.flatMap(({ label, durationStepMs }) =>
    durationStepMs === 0 ? [] : [`durations in ${label} are rounded to ${sayMs(durationStepMs)} ms`],
  );
  return [...new Set(said)].join(", ");
}

/** Why a number of a run is not sure, as the end of a sentence that says in which run; "" where it has an interval. */
export function whyNot(number: ArmNumber, { label }: Pick<ComparedRun, "label">): string {
  if (number.kind === "estimated") return "";
  return number.kind === "told" || number.why.startsWith(label) ? number.why : `in ${label} ${number.why}`;
}
