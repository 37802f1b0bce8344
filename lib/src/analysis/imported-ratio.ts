import { WirelabError } from "../errors.js";
import type { Calls } from "../record/calls.js";
import type { ImportedInfo } from "../record/imported-info.js";
import type { Estimate } from "../stats/interval.js";
import type { Values } from "../stats/paired-ratio.js";
import { rowsByRound } from "./rows.js";
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
  const place = ({ pair, block }: { readonly pair: number; readonly block: number }) => `${pair} ${block}`;
  const shareIn = (mine: typeof first, others: typeof first) => {
    const places = new Set(others.map(place));
    const count = (rounds: typeof first) => rounds.reduce((sum, { rows }) => sum + rows.length, 0);
    return count(mine.filter((round) => places.has(place(round)))) / count(mine);
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
  const [first, second] = [middle(values, "first"), middle(values, "second")];
  const half = stepMs / 2;
  const least = Math.max(0, first - half) / (second + half);
  const most = second > half ? (first + half) / (second - half) : Number.POSITIVE_INFINITY;
  if (least <= 1 && most >= 1) {
    throw withheld(
      arms,
      `their ${arms.metric}s of about ${said(first)} and ${said(second)} ms differ by less than ${said(stepMs)} ms, to which durations in the file are rounded`,
    );
  }
  const middleRatio = first / second;
  return { ...ratio, low: (ratio.low * least) / middleRatio, high: (ratio.high * most) / middleRatio };
}

function middle(values: readonly Values[], side: "first" | "second"): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value[side]), 0) / values.length);
}

function said(ms: number): string {
  return String(Number(ms.toPrecision(3)));
}

function withheld({ first, second }: Arms, why: string): WirelabError {
  return new WirelabError("not-enough-data", `There is no verdict on ${first} against ${second}: ${why}.`);
}
