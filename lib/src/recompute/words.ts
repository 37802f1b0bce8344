import { sayFactor, sayNumber, sayPercent } from "../stats/digits.js";
import type { Missing } from "../stats/missing.js";
import type { CallMetric } from "../stats/ratios/round-metric.js";
import { type Side, usualSmallestEffect } from "../stats/side.js";
import type { Choice, Cut, Recomputed, Unit } from "./recompute.js";

/** How a sentence speaks of two arms by a metric. */
export interface MetricWords {
  /** What a reader chooses it by. */
  readonly label: string;
  /** Of the sentence with the ratio, what stands before its number and after it. */
  readonly before: string;
  readonly after: string;
  /** What is said of an interval above 1, below 1 and around 1, without a number. */
  readonly above: string;
  readonly below: string;
  readonly inside: string;
}

/** The same of every metric. */
export type ComparisonWords = Readonly<Record<CallMetric, MetricWords>>;

/** A comparison in sentences. */
export interface SaidComparison {
  readonly ratio: string;
  readonly direction: string;
  /** What they rest on. */
  readonly basis: string;
}

/** Says what was computed, by whoever computed it: the notebook and its page say the same of the same numbers. */
export function sayComparison(
  found: Recomputed | Missing,
  { metric, cut, unit }: Choice,
  words: ComparisonWords,
): SaidComparison {
  const own = words[metric];
  const how = `${own.label}; ${sayCut(cut)}; ${sayUnit(unit)}`;
  if ("missing" in found) return { ratio: `No ratio: ${found.missing}.`, direction: "", basis: `${how}.` };
  const { ratio, scope } = found;
  const of = scope === null ? "if no call had anything to do with another, which is not so" : `in ${scope}`;
  const rests = `${counted(found.calls, "call")} in ${counted(found.blocks, "block")} of ${counted(found.pairs, "pair")}`;
  return {
    ratio: opening(`${own.before}${sayFactor(ratio.low, ratio.high)}${own.after}, ${of}.`),
    direction: sayDirection(found, own),
    basis: `${sayPercent(ratio.confidence)} interval around ${sayNumber(ratio.value)}. By ${how}. From ${rests}.`,
  };
}

function sayDirection({ side, scope, oneProcess }: Recomputed, own: MetricWords): string {
  if (oneProcess) return "One process was client and server, so this decides nothing.";
  return scope === null ? `A careless post would say: ${saySide(side, own)}` : opening(saySide(side, own));
}

const band = sayPercent(usualSmallestEffect);

function saySide(side: Side, { above, below, inside }: MetricWords): string {
  switch (side) {
    case "above":
      return `${above}.`;
    case "below":
      return `${below}.`;
    case "inside":
      return `${inside}: all of the interval lies within the ${band} that would not count.`;
    case "across":
      return `undecided: part of the interval lies within the ${band} that would not count, part beyond.`;
  }
}

function sayCut(cut: Cut): string {
  if (cut === "detected") return "without what the run left out as warm-up";
  if ("firstSeconds" in cut)
    return `without the first ${cut.firstSeconds === 1 ? "second" : `${cut.firstSeconds} seconds`} of every round`;
  if (cut.firstBlocks === 0) return "with everything that was called, warm-up too";
  return `without the first ${cut.firstBlocks === 1 ? "block" : `${cut.firstBlocks} blocks`} of every pair`;
}

function sayUnit(unit: Unit): string {
  if (unit === "pairs") return "what repeats: pairs, then blocks";
  return unit === "calls" ? "what repeats: single calls" : `what repeats: blocks of pair ${unit.pair + 1}`;
}

function opening(sentence: string): string {
  // gRPC stays gRPC.
  return sentence.replace(/^[a-z](?![A-Z])/, (letter) => letter.toUpperCase());
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString("en-US")} ${what}${count === 1 ? "" : "s"}`;
}

/** Said beside an interval that takes calls as repetitions, with how wide it is against the one over pairs, then blocks. */
export function sayCareless(careless: Recomputed | Missing, honest: Recomputed | Missing): string {
  const warning =
    "Counted wrongly: calls of one process are fast and slow together, so a thousand of them are far from a thousand " +
    "repetitions, though many posts count them so.";
  if ("missing" in careless || "missing" in honest) return warning;
  const times = width(careless) / width(honest);
  if (!Number.isFinite(times)) return warning;
  const wide = `${sayNumber(times)} times as wide as over pairs, then blocks`;
  return times < 1
    ? `${warning} The interval is then ${wide}: surer than it may be.`
    : `${warning} The interval is then ${wide}, which only those can tell.`;
}

function width({ ratio }: Recomputed): number {
  return Math.log(ratio.high / ratio.low);
}
