import { acrossRuns, isDuration, numberOf, type Subject, whyNot } from "../../analysis/runs/across-runs.js";
import type { ComparedRun } from "../../analysis/runs/compared-run.js";
import { isNothing, plainValue } from "../../analysis/runs/run-metric.js";
import { WirelabError } from "../../errors.js";
import { quoted } from "../../quoted.js";
import type { Estimate } from "../../stats/interval.js";
import { doubtSameWork } from "../runs/same-work.js";
import { type Leniency, whyNoVerdict, whyOneProcess } from "../runs/why-no-verdict.js";
import type { Threshold } from "./threshold.js";

/**
 * A threshold fails where the whole interval lies beyond its bound, passes where none of it does, else it is undecided, as where more
 * calls are needed for an interval. It cannot be held, which no build may pass by, where nothing is left to hold: none of an arm's calls
 * succeeded, the run has lost an arm of the baseline, or the two may not be held against each other.
 */
export type ThresholdOutcome = "fails" | "passes" | "undecided" | "cannot be held";

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
  /** Why it is undecided without an interval or cannot be held, as the end of a sentence; "" else. */
  readonly why: string;
  /** Of two arms that are divided why they may not have done the same work, a sentence; null else. */
  readonly doubt: string | null;
}

/**
 * Holds a run against a threshold. Throws `usage` for an arm that neither it nor the baseline has, and for a threshold on the baseline
 * where there is none.
 */
export function thresholdResult(threshold: Threshold, run: ComparedRun, against: Against): ThresholdResult {
  const { subject } = threshold;
  const { measured, told, why, holdable } = heldAgainst(threshold, run, against);
  const known = { threshold, run: run.label, measured, told, why, doubt: doubtOf(run, subject) };
  if (!holdable) return { ...known, outcome: "cannot be held" };
  return { ...known, outcome: measured === null ? "undecided" : outcomeOf(measured, threshold) };
}

/** The first of several runs, if there are several, and what is let pass between them. */
export interface Against extends Leniency {
  readonly baseline: ComparedRun | null;
}

interface Held {
  readonly measured: Estimate | null;
  readonly told: number | null;
  readonly why: string;
  /** Whether there is something to hold, sure or not. */
  readonly holdable: boolean;
}

function heldAgainst(threshold: Threshold, run: ComparedRun, { baseline, ...leniency }: Against): Held {
  const { subject, bound, text } = threshold;
  requireArms(threshold, [...(baseline === null ? [] : [baseline]), run]);
  if (bound.kind === "value") return ownNumber(run, subject);
  if (baseline === null) {
    throw new WirelabError(
      "usage",
      `${quoted(text)} takes a baseline: give it as the first of two runs or more.`,
    );
  }
  const lacking = [baseline, run].find(({ arms }) => !hasArms({ arms }, subject));
  if (lacking !== undefined) {
    const why = `${lacking.label} has no ${lackedArm(lacking, threshold)}`;
    return { measured: null, told: null, why, holdable: lacking === baseline && hasArms(run, subject) };
  }
  const { change, why, before, now } = acrossRuns(baseline, run, subject);
  const [from, to] = [plainValue(before), plainValue(now)];
  const against = whyNoVerdict(baseline, run, subject, leniency);
  return {
    measured: why === "" ? change : null,
    told: from === null || to === null || from === 0 ? null : to / from,
    why: against || why,
    holdable: against === "" && ![before, now].some(isNothing),
  };
}

function ownNumber(run: ComparedRun, subject: Subject): Held {
  const number = numberOf(run, subject);
  if (number.kind !== "estimated") {
    const why = whyNot(number, run);
    return { measured: null, told: plainValue(number), why, holdable: !isNothing(number) };
  }
  const alone = subject.per === null ? "" : whyOneProcess(run);
  if (alone !== "") return { measured: number.estimate, told: null, why: alone, holdable: false };
  const { estimate } = number;
  const half = isDuration(subject) ? run.durationStepMs / 2 : 0;
  return {
    measured: { ...estimate, low: estimate.low - half, high: estimate.high + half },
    told: null,
    why: "",
    holdable: true,
  };
}

function doubtOf({ info }: ComparedRun, { arm, per }: Subject): string | null {
  return info === null || per === null ? null : doubtSameWork(info, { first: arm, second: per });
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

function hasArms({ arms }: Pick<ComparedRun, "arms">, { arm, per }: Subject): boolean {
  return arms.includes(arm) && (per === null || arms.includes(per));
}

function lackedArm({ arms }: ComparedRun, { subject: { arm, per } }: Threshold): string {
  return arms.includes(arm) ? (per ?? arm) : arm;
}
