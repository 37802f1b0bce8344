import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import type { ImportedInfo } from "../record/imported-info.js";
import type { Estimate } from "../stats/interval.js";
import { placeOf } from "../stats/ratios/matched-rounds.js";
import type { Values } from "../stats/ratios/paired-ratio.js";
import { rowsByRound } from "./rounds/rows.js";
import type { Metric } from "./types.js";

/** Two arms took turns if so large a share of the calls of each lies in slices of time that have both. */
const takingTurns = 0.9;

interface Arms {
  readonly first: string;
  readonly second: string;
}

/**
 * Refuses a ratio of calls that another tool made, where nobody can know that both arms had the same minutes of the machine.
 * @throws WirelabError `not-enough-data` with the reason.
 */
export function requireTurns(calls: Calls, { files }: ImportedInfo, arms: Arms): void {
  const [first, second] = [arms.first, arms.second].map((arm) => rowsByRound(calls, arm));
  if (first === undefined || second === undefined || first.length === 0 || second.length === 0) return;
  const pairs = new Set([...first, ...second].map(({ pair }) => pair));
  if ([...pairs].some((pair) => files[pair]?.span == null)) {
    throw withheld(
      arms,
      "a file does not tell when its calls were made, so nobody knows whether the two took turns",
    );
  }
  const shareIn = (mine: typeof first, others: typeof first) => {
    const places = new Set(others.map(placeOf));
    const count = (rounds: typeof first) => rounds.reduce((sum, { rows }) => sum + rows.length, 0);
    return count(mine.filter((round) => places.has(placeOf(round)))) / count(mine);
  };
  if (Math.min(shareIn(first, second), shareIn(second, first)) >= takingTurns) return;
  const apart = !first.some(({ pair }) => second.some((other) => other.pair === pair));
  throw withheld(
    arms,
    `they were not called in the same ${apart ? "run of a tool" : "stretches of time"}, so whatever else changed between them would be in their ratio; call both in turns`,
  );
}

/** The metrics that durations are, and so are rounded as these. */
const ofCounts: readonly Metric[] = ["rate", "count", "bytes", "cpu", "memory"];

/**
 * The ratio with the room that the rounding of the files' durations leaves it.
 * @throws WirelabError `not-enough-data` where the two differ by less than that.
 */
export function roundedRatio(
  ratio: Estimate,
  values: readonly Values[],
  { files }: ImportedInfo,
  arms: Arms & { readonly metric: Metric },
): Estimate {
  const stepMs = Math.max(...files.map(({ durationStepMs }) => durationStepMs));
  if (stepMs === 0 || ofCounts.includes(arms.metric)) return ratio;
  const of = { first: middle(values, "first"), second: middle(values, "second") };
  const room = roundingRoom(of, { first: stepMs, second: stepMs });
  const between = of.first / of.second;
  if (room.low * between <= 1 && room.high * between >= 1) {
    throw withheld(
      arms,
      `their ${arms.metric}s of about ${sayMs(of.first)} and ${sayMs(of.second)} ms differ by less than ${sayMs(stepMs)} ms, to which durations in the file are rounded`,
    );
  }
  return { ...ratio, low: ratio.low * room.low, high: ratio.high * room.high };
}

interface TwoMs {
  readonly first: number;
  readonly second: number;
}

/** How many times its value a ratio of two durations may be smaller or larger before their rounding, each to steps of its own. */
export function roundingRoom(
  { first, second }: TwoMs,
  steps: TwoMs,
): { readonly low: number; readonly high: number } {
  const half = { first: steps.first / 2, second: steps.second / 2 };
  const least = Math.max(0, first - half.first) / (second + half.second);
  const most =
    second > half.second ? (first + half.first) / (second - half.second) : Number.POSITIVE_INFINITY;
  return { low: (least * second) / first, high: (most * second) / first };
}

function middle(values: readonly Values[], side: "first" | "second"): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value[side]), 0) / values.length);
}

/** A duration in ms in three digits, as a sentence on rounding says it. */
export function sayMs(ms: number): string {
  return String(Number(ms.toPrecision(3)));
}

function withheld({ first, second }: Arms, why: string): WirelabError {
  return new WirelabError("not-enough-data", `There is no verdict on ${first} against ${second}: ${why}.`);
}
