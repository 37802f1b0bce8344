import { type AcrossRuns, acrossRuns } from "../../analysis/runs/across-runs.js";
import type { ComparedRun } from "../../analysis/runs/compared-run.js";
import { plainValue } from "../../analysis/runs/run-metric.js";
import type { RunMetric } from "../../analysis/runs/run-metric-names.js";
import { narrowest, type Scope } from "../../stats/scope.js";
import { ofEachArm, type Threshold } from "../thresholds/threshold.js";
import { type ThresholdResult, thresholdResult } from "../thresholds/threshold-outcome.js";
import { type RunChange, runChange } from "./run-change.js";
import { isSame, type RunDifferences, runDifferences } from "./run-differences.js";
import { type Leniency, whyNoVerdict } from "./why-no-verdict.js";

/** A number of an arm in the baseline and in another run, and the word for what became of it. */
export interface Changed extends AcrossRuns {
  readonly word: RunChange;
}

/** A run beside the baseline. */
export interface AgainstBaseline {
  readonly run: string;
  /** A row an arm that both have, and metric. */
  readonly changes: readonly Changed[];
  readonly onlyInBaseline: readonly string[];
  readonly onlyHere: readonly string[];
  readonly differences: RunDifferences;
  readonly scope: Scope;
  /** Whether it is the baseline itself, given twice. */
  readonly same: boolean;
  /** Of either, a label and a sentence each. */
  readonly warnings: readonly { readonly run: string; readonly message: string }[];
}

/** Several runs, the first of which the others are held against, and what thresholds made of them. */
export interface RunsCompared {
  readonly baseline: string;
  readonly runs: readonly AgainstBaseline[];
  readonly thresholds: readonly ThresholdResult[];
}

/** By what runs are compared unless somebody says otherwise. */
export const usualRunMetrics: readonly RunMetric[] = ["median", "p99", "mean", "rate", "error rate"];

/** Which numbers are compared, and what they are held to. */
export interface CompareRunsPlan extends Leniency {
  readonly metrics: readonly RunMetric[];
  readonly thresholds: readonly Threshold[];
}

/**
 * Holds every run against the first, arm by arm, and each (or the only one) against the thresholds. Error rates are left out where
 * neither run has an error. Throws `usage` as `thresholdResult` does.
 */
export function compareWithBaseline(
  baseline: ComparedRun,
  others: readonly ComparedRun[],
  { metrics, thresholds, ...leniency }: CompareRunsPlan,
): RunsCompared {
  const held = others.length === 0 ? [baseline] : others;
  const against = others.length === 0 ? null : baseline;
  return {
    baseline: baseline.label,
    runs: others.map((run) => againstBaseline(baseline, run, { metrics, ...leniency })),
    thresholds: held.flatMap((run) =>
      thresholds
        .flatMap((threshold) => ofEachArm(threshold, armsOf(baseline, run)))
        .map((threshold) => thresholdResult(threshold, run, { baseline: against, ...leniency })),
    ),
  };
}

/** Of both, so that a threshold on every arm names one that either lacks. */
function armsOf(baseline: ComparedRun, run: ComparedRun): readonly string[] {
  return [...new Set([...baseline.arms, ...run.arms])];
}

function againstBaseline(
  baseline: ComparedRun,
  run: ComparedRun,
  { metrics, ...leniency }: Omit<CompareRunsPlan, "thresholds">,
): AgainstBaseline {
  const shared = baseline.arms.filter((arm) => run.arms.includes(arm));
  const changes = shared.flatMap((arm) =>
    metrics.map((metric) => acrossRuns(baseline, run, { arm, metric, per: null })),
  );
  return {
    run: run.label,
    changes: changes.filter(isTold).map((change) => {
      const why = whyNoVerdict(baseline, run, change, leniency);
      return why === "" ? { ...change, word: runChange(change) } : { ...change, word: "no verdict", why };
    }),
    onlyInBaseline: baseline.arms.filter((arm) => !shared.includes(arm)),
    onlyHere: run.arms.filter((arm) => !shared.includes(arm)),
    differences: runDifferences(baseline, run),
    same: isSame(baseline, run),
    scope: narrowest([baseline.scope, run.scope]),
    warnings: [baseline, run].flatMap(({ label, warnings }) =>
      warnings.map((message) => ({ run: label, message })),
    ),
  };
}

function isTold({ metric, before, now }: AcrossRuns): boolean {
  return metric !== "error rate" || [before, now].some((number) => plainValue(number) !== 0);
}
