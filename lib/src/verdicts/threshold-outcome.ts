import { acrossRuns, isDuration, numberOf, type Subject } from "../analysis/across-runs.js";
import type { ComparedRun } from "../analysis/compared-run.js";
import { plainValue } from "../analysis/run-metric.js";
import { WirelabError } from "../errors.js";
import { quoted } from "../quoted.js";
import type { Estimate } from "../stats/interval.js";
import type { Threshold } from "./threshold.js";

/** A threshold fails where the whole interval lies beyond its bound, passes where none of it does, else it is undecided. */
export type ThresholdOutcome = "fails" | "passes" | "undecided";

/** What a run makes of a threshold. */
export interface ThresholdResult {
  readonly threshold: Threshold;
  /** The run's label. */
  readonly run: string;
  readonly outcome: ThresholdOutcome;
  /** What was held against the bound: the run's own number, or how many times the baseline's it is. */
  readonly measured: Estimate | null;
  /** The number where it has no interval. */
  readonly told: number | null;
  /** Why it is undecided without an interval, as the end of a sentence; "" else. */
  readonly why: string;
}

/**
 * Holds a run against a threshold. Throws `usage` for an arm that neither it nor the baseline has, and for a threshold on the baseline
 * where there is none.
 */
export function thresholdResult(
  threshold: Threshold,
  run: ComparedRun,
  baseline: ComparedRun | null,
): ThresholdResult {
  const held = heldAgainst(threshold, run, baseline);
  const known = { threshold, run: run.label, measured: held.measured, told: held.told, why: held.why };
  return { ...known, outcome: held.measured === null ? "undecided" : outcomeOf(held.measured, threshold) };
}

interface Held {
  readonly measured: Estimate | null;
  readonly told: number | null;
  readonly why: string;
}

function heldAgainst(threshold: Threshold, run: ComparedRun, baseline: ComparedRun | null): Held {
  const { subject, bound, text } = threshold;
  requireArms(threshold, [...(baseline === null ? [] : [baseline]), run]);
  if (bound.kind === "value") return ownNumber(run, subject);
  if (baseline === null) {
    throw new WirelabError(
      "usage",
      `${quoted(text)} takes a baseline: give it as the first of two runs or more.`,
    );
  }
  const lacking = [baseline, run].find(
    ({ arms }) => !arms.includes(subject.arm) || !hasArm(arms, subject.per),
  );
  if (lacking !== undefined) {
    return { measured: null, told: null, why: `${lacking.label} has no ${lackedArm(lacking, threshold)}` };
  }
  const { change, why, before, now } = acrossRuns(baseline, run, subject);
  const [from, to] = [plainValue(before), plainValue(now)];
  return {
    measured: why === "" ? change : null,
    told: from === null || to === null || from === 0 ? null : to / from,
    why,
  };
}

function ownNumber(run: ComparedRun, subject: Subject): Held {
  const number = numberOf(run, subject);
  if (number.kind === "missing") return { measured: null, told: null, why: `in ${run.label} ${number.why}` };
  if (number.kind === "told") return { measured: null, told: number.value, why: number.why };
  const { estimate } = number;
  const half = isDuration(subject) ? run.durationStepMs / 2 : 0;
  return {
    measured: { ...estimate, low: estimate.low - half, high: estimate.high + half },
    told: null,
    why: "",
  };
}

function outcomeOf({ low, high }: Estimate, { beyond, bound }: Threshold): ThresholdOutcome {
  const limit = bound.kind === "value" ? bound.value : bound.factor;
  const [near, far] = beyond === "above" ? [low, high] : [-high, -low];
  const edge = beyond === "above" ? limit : -limit;
  if (near > edge) return "fails";
  return far <= edge ? "passes" : "undecided";
}

function requireArms({ text, subject: { arm, per } }: Threshold, runs: readonly ComparedRun[]): void {
  const there = [...new Set(runs.flatMap(({ arms }) => arms))];
  const stranger = [arm, per].find((one) => one !== null && !there.includes(one));
  if (stranger === undefined || stranger === null) return;
  throw new WirelabError(
    "usage",
    `There is no arm ${quoted(stranger)} for the threshold ${quoted(text)}; there are ${there.map(quoted).join(", ")}.`,
  );
}

function hasArm(arms: readonly string[], arm: string | null): boolean {
  return arm === null || arms.includes(arm);
}

function lackedArm({ arms }: ComparedRun, { subject: { arm, per } }: Threshold): string {
  return arms.includes(arm) ? (per ?? arm) : arm;
}
