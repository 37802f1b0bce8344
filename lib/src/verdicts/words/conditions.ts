import { WirelabError } from "../../errors.js";
import { kindOfStack } from "../stack.js";
import type { Direction, Verdict } from "../types.js";

const outcomes: readonly { direction: Direction; before: string; after: string }[] = [
  { direction: "holds", before: "holds", after: "" },
  { direction: "opposite", before: "not", after: " (the opposite)" },
  { direction: "negligible", before: "not", after: " (negligible)" },
  { direction: "undecided", before: "undecided", after: "" },
  { direction: "not testable here", before: "not tested", after: "" },
];

/** A direction as the end of a sentence about a claim. */
export const directionPhrases: Readonly<Record<Direction, string>> = {
  holds: "holds",
  opposite: "does not hold, the opposite is true,",
  negligible: "does not hold, the difference is negligible,",
  undecided: "is undecided",
  "not testable here": "is not testable here",
};

/**
 * Says under which conditions a claim holds, from its verdicts under several; names only what differs between them.
 * @throws WirelabError `usage` unless there are verdicts and all are of one claim.
 * @example
 * sayWhen(verdicts);
 * // "holds when REST opens a new connection for every call; not when REST keeps its connection (the opposite)"
 */
export function sayWhen(verdicts: readonly Verdict[]): string {
  const claims = new Set(verdicts.map((verdict) => verdict.claim));
  if (claims.size !== 1) {
    throw new WirelabError(
      "usage",
      `Verdicts are combined claim by claim; these are of ${claims.size} claims.`,
    );
  }
  const [only, ...others] = new Set(verdicts.map((verdict) => verdict.direction));
  if (only !== undefined && others.length === 0) return sayAlike(only, verdicts.length);
  const conditions = differences(verdicts);
  const parts = outcomes.flatMap(({ direction, before, after }) => {
    const where = conditions.filter((_, index) => verdicts[index]?.direction === direction);
    return where.length === 0 ? [] : [`${before} when ${where.join(", or when ")}${after}`];
  });
  return parts.join("; ").replace(/^not when/, "does not hold when");
}

/**
 * The same in brief, for where the verdicts themselves stand near: where the claim holds in words, the rest counted.
 *
 * @example
 * sayWhenInBrief(verdicts); // "holds when REST opens a new connection for every call; undecided in 3 of 4 conditions"
 */
export function sayWhenInBrief(verdicts: readonly Verdict[]): string {
  const clauses = sayWhen(verdicts);
  if (new Set(verdicts.map(({ direction }) => direction)).size === 1) return clauses;
  const [held = ""] = clauses.split("; ");
  const counts = outcomes.flatMap(({ direction }) => {
    const n = verdicts.filter((verdict) => verdict.direction === direction).length;
    return n === 0 || direction === "holds" ? [] : [`${briefly[direction]} in ${n}`];
  });
  const opening = held.startsWith("holds") ? held : "holds nowhere beyond doubt";
  return `${opening}; ${counts.join(", ")} of ${verdicts.length} conditions`;
}

const briefly: Readonly<Record<Direction, string>> = {
  holds: "holds",
  opposite: "the opposite",
  negligible: "negligible",
  undecided: "undecided",
  "not testable here": "not tested",
};

function sayAlike(direction: Direction, count: number): string {
  const where =
    direction === "not testable here" || count === 1
      ? ""
      : ` under ${count === 2 ? "both" : `all ${count}`} conditions tested`;
  return `${directionPhrases[direction]}${where}`.replace(/,$/, "");
}

/** Versions only where all stacks are of one kind. */
function stackClause(stack: string, kinds: number): string {
  if (kinds === 1) return `the stack is ${stack}`;
  return kindOfStack(stack) === "replicated" ? "the post's own stack runs" : "Express and grpc-js run";
}

/** For each verdict of a claim the clauses that not all of them share; its run besides where those do not tell it apart. */
export function differences(verdicts: readonly Verdict[]): readonly string[] {
  const kinds = new Set(verdicts.map(({ stack }) => kindOfStack(stack)));
  const clauses = verdicts.map(({ conditions, stack }) => [
    ...conditions.split("; ").filter((clause) => clause !== ""),
    stackClause(stack, kinds.size),
  ]);
  const shared = (clause: string) => clauses.every((list) => list.includes(clause));
  const named = clauses.map((list) => list.filter((clause) => !shared(clause)).join(" and "));
  return named.map((name, index) => {
    const unique = name !== "" && named.indexOf(name) === named.lastIndexOf(name);
    if (unique) return name;
    const run = verdicts[index]?.run ?? `verdict ${index + 1}`;
    return name === "" ? `measured in ${run}` : `${name} (${run})`;
  });
}
