import type { DataFrame } from "danfojs-node";
import type { Estimate } from "../../stats/interval.js";
import type { Scope } from "../../stats/scope.js";
import { type Cell, estimateCells } from "../tables/table.js";
import { formatCount, formatDuration, formatRatio } from "../words/number.js";
import { makeFrame } from "./frame.js";

/** What was measured of a suspect; the first one is the baseline, which has no ratio. */
export interface SuspectRow {
  readonly words: string;
  readonly inSource: boolean;
  /** Suspect ÷ baseline, of the total. */
  readonly ratio: Estimate | null;
  /** What as many calls as published take, in ms. */
  readonly total: Estimate | null;
  /** Why one is null, a sentence; "" where nothing is missing. */
  readonly missing: string;
}

/** The published number, and what is said around the table. */
interface SuspectWords {
  readonly calls: number;
  readonly totalMs: number;
  readonly scope: Scope;
  readonly untried: readonly string[];
}

/** Whether a total is the published one or more, as far as its interval can tell. */
type Reaches = "yes" | "no" | "undecided";

/**
 * A row for the baseline and for every suspect: its ratio to the baseline, what as many calls as published take, and whether
 * that reaches the published total; below it a sentence that sums them up.
 *
 * @example
 * suspectFrame(rows, { calls: 10_000, totalMs: 79_757, scope: "these processes only", untried: [] })
 */
export function suspectFrame(
  rows: readonly SuspectRow[],
  { calls, totalMs, scope, untried }: SuspectWords,
): DataFrame {
  const columns = [
    ...["suspect", "ratio", "ratioLow", "ratioHigh", "totalMs", "totalLowMs", "totalHighMs"],
    ...["reaches", "inSource"],
  ];
  const cells = rows.map(({ words, inSource, ratio, total }): Cell[] => [
    words,
    ...estimateCells(ratio),
    ...estimateCells(total),
    total === null ? null : reachesOf(total, totalMs),
    inSource ? "yes" : "no",
  ]);
  const missing = rows.flatMap(({ words, missing }) =>
    missing === "" ? [] : [`No number for ${words}: ${missing}`],
  );
  return makeFrame(columns, cells, {
    caption: `Suspects: ratio to the baseline, and what ${formatCount(calls)} calls take, for which the post prints ${formatDuration(totalMs)}; below a value its 99 % interval`,
    notes: [`${sayReached(rows, totalMs)} (In ${scope}.)`, ...missing, ...untried],
  });
}

/** What the table says, in a sentence. */
function sayReached(rows: readonly SuspectRow[], totalMs: number): string {
  const measured = rows.flatMap(({ words, total }) =>
    total === null ? [] : [{ words, total, reaches: reachesOf(total, totalMs) }],
  );
  const published = `the published ${formatDuration(totalMs)}`;
  const say = (some: typeof measured) =>
    some
      .map(
        ({ words, total }) =>
          `${words} (${formatDuration(total.value)}, ${formatRatio(total.value / totalMs)})`,
      )
      .join("; ");
  const reaching = measured.filter(({ reaches }) => reaches === "yes");
  const open = measured.filter(({ reaches }) => reaches === "undecided");
  const undecided = open.length === 0 ? "" : ` Undecided: ${say(open)}.`;
  if (reaching.length > 0) return `What takes ${published} or longer: ${say(reaching)}.${undecided}`;
  const [longest] = measured.toSorted((a, b) => b.total.value - a.total.value);
  if (longest === undefined) return `Nothing was measured that could be held against ${published}.`;
  return `None is known to reach ${published}: the longest is ${say([longest])}.${undecided}`;
}

function reachesOf({ low, high }: Estimate, totalMs: number): Reaches {
  if (low >= totalMs) return "yes";
  return high < totalMs ? "no" : "undecided";
}
