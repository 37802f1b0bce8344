import { kindOfStack } from "./stack.js";
import type { Direction, Verdict } from "./types.js";

/**
 * What became of a verdict of a baseline. It left where its direction *turned* between two decided ones, or where its interval
 * *moved* and no longer meets the old one. One that is undecided on either side, or missing, did not; nor did one of *other
 * processes*, which speaks on either side for those only that ran, and no two runs have the same.
 */
export type Outcome =
  | "turned"
  | "moved"
  | "stays"
  | "other processes"
  | "undecided"
  | "not in the baseline"
  | "not judged now";

/** A verdict of a baseline beside the one of now, or one of them alone. */
export interface Compared {
  readonly outcome: Outcome;
  readonly before: Verdict | null;
  readonly now: Verdict | null;
}

const order: readonly Outcome[] = [
  "turned",
  "moved",
  "other processes",
  "undecided",
  "not judged now",
  "not in the baseline",
  "stays",
];

/**
 * Each verdict of two reports beside the other's of the same claim, arms, kind of stack and conditions; those that left
 * first. What neither could test is left out. A verdict under other conditions is another one.
 * @example
 * compareVerdicts(baseline.verdicts, summary.verdicts).filter(hasLeft);
 */
export function compareVerdicts(before: readonly Verdict[], now: readonly Verdict[]): readonly Compared[] {
  const [old, young] = [verdictsByKey(before), verdictsByKey(now)];
  const compared = [...new Set([...old.keys(), ...young.keys()])].map((key) => {
    const both = { before: old.get(key) ?? null, now: young.get(key) ?? null };
    return { ...both, outcome: outcomeOf(both) };
  });
  return compared.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome));
}

/** Whether a verdict left the baseline. */
export function hasLeft({ outcome }: Compared): boolean {
  return outcome === "turned" || outcome === "moved";
}

/** Whether two verdicts could be held against each other. */
export function isCompared({ before, now }: Compared): boolean {
  return before !== null && now !== null;
}

function outcomeOf({ before, now }: Omit<Compared, "outcome">): Outcome {
  if (before === null) return "not in the baseline";
  if (now === null) return "not judged now";
  if (before.direction === "undecided" || now.direction === "undecided") return "undecided";
  const turned = isOpposite(before.direction, now.direction);
  if (!turned && meet(before, now)) return "stays";
  if (isOfFew(before) || isOfFew(now)) return "other processes";
  return turned ? "turned" : "moved";
}

/** Identical processes differ by more than the interval of one pair knows. */
const isOfFew = ({ scope }: Verdict): boolean => scope === "these processes only";

function isOpposite(a: Direction, b: Direction): boolean {
  return (a === "holds" && b === "opposite") || (a === "opposite" && b === "holds");
}

type Bounds = Pick<Verdict, "low" | "high">;

function meet(a: Bounds, b: Bounds): boolean {
  const { NEGATIVE_INFINITY: least, POSITIVE_INFINITY: most } = Number;
  return (a.low ?? least) <= (b.high ?? most) && (b.low ?? least) <= (a.high ?? most);
}

/** Tested verdicts by what they are about; several of the same are told apart by their order. */
export function verdictsByKey(verdicts: readonly Verdict[]): Map<string, Verdict> {
  const found = new Map<string, Verdict>();
  for (const verdict of verdicts.filter(({ direction }) => direction !== "not testable here")) {
    const { claim, first, second, metric, stack, conditions } = verdict;
    const about = [claim, first, second, metric, kindOfStack(stack), conditions];
    let turn = 1;
    while (found.has(JSON.stringify([...about, turn]))) turn++;
    found.set(JSON.stringify([...about, turn]), verdict);
  }
  return found;
}
