import { tableText } from "../../show/tables/table.js";
import { formatRatioInterval, formatUnlessVast } from "../../show/words/number.js";
import { type Compared, hasLeft, type Outcome } from "../../verdicts/baseline.js";
import { kindOfStack } from "../../verdicts/stack.js";
import type { Verdict } from "../../verdicts/types.js";
import { sayVerdict } from "../../verdicts/words/prose.js";
import { annotation } from "./github.js";

/** What `wirelab check` found. */
export interface Checked {
  readonly summary: string;
  readonly baseline: string;
  readonly left: number;
  /** What differs in machine and versions. */
  readonly differs: readonly string[];
  /** Notebooks that did not run to their end. */
  readonly unfinished: readonly string[];
  readonly compared: readonly Compared[];
}

/** The count of each outcome, a row for every verdict that did not stay, what each that left says, and what else differs. */
export function checkText({ baseline, left, differs, unfinished, compared }: Checked): string {
  const changed = compared.filter(({ outcome }) => outcome !== "stays");
  const stay = compared.length - changed.length;
  const counts = `${left} of ${compared.length} verdicts left ${baseline}, ${stay} ${stay === 1 ? "stays" : "stay"}.`;
  const few = compared.some(({ outcome }) => outcome === "other processes");
  return [
    counts,
    ...(changed.length === 0 ? [] : [changeTable(changed)]),
    ...compared.filter(hasLeft).map(sentences),
    ...(few
      ? [
          "Fewer than ten pairs speak for the processes that ran only, so those that differ are not counted as having left: measure them with ten pairs.",
        ]
      : []),
    ...(unfinished.length === 0 ? [] : [`Did not run to the end: ${unfinished.join(", ")}.`]),
    ...(differs.length === 0
      ? []
      : [["Not as in the baseline:", ...differs.map((line) => `  ${line}`)].join("\n")]),
  ].join("\n\n");
}

/** A line for each verdict that left, in the words of a GitHub workflow command. */
export function annotations(compared: readonly Compared[]): readonly string[] {
  return compared.filter(hasLeft).map((one) => annotation("A verdict left its baseline", sentences(one)));
}

const words: Readonly<Record<Outcome, string>> = {
  turned: "left: turned",
  moved: "left: the intervals do not meet",
  stays: "stays",
  "other processes": "differs, of too few processes",
  undecided: "undecided",
  "not in the baseline": "not in the baseline",
  "not judged now": "not judged now",
};

function changeTable(changed: readonly Compared[]): string {
  return tableText({
    columns: ["claim", "first ÷ second", "stack", "baseline", "now", "outcome"].map((name) => ({
      name,
      kind: "text",
    })),
    rows: changed.map(({ outcome, before, now }) => {
      const one = now ?? before;
      return [
        one?.claim ?? "",
        one === null ? "" : `${one.first} ÷ ${one.second}`,
        one === null ? "" : kindOfStack(one.stack),
        sayShort(before),
        sayShort(now),
        words[outcome],
      ];
    }),
  });
}

function sayShort(verdict: Verdict | null): string {
  if (verdict === null || verdict.low === null || verdict.high === null) return "–";
  const { direction, low, high } = verdict;
  return `${direction}, ${formatUnlessVast({ low, high }, formatRatioInterval)}`;
}

function sentences({ before, now }: Compared): string {
  const said = (verdict: Verdict | null) => (verdict === null ? "" : sayVerdict(verdict));
  return [
    `${now?.statement ?? ""} (when ${now?.conditions ?? ""}):`,
    `  baseline: ${said(before)}`,
    `  now: ${said(now)}`,
  ].join("\n");
}
