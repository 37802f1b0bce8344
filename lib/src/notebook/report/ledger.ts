import { pairsForScope } from "../../stats/scope.js";
import { byClaim, testedOf } from "../../verdicts/claim-row.js";
import type { Claim, Direction, Verdict } from "../../verdicts/types.js";
import { sayWhen } from "../../verdicts/words/conditions.js";
import { sayVerdict } from "../../verdicts/words/prose.js";

/** The report's opening: how many claims hold and how many do not, one of them in numbers, and whom it all speaks of. */
export function answer(verdicts: readonly Verdict[], claims: readonly Claim[]): string {
  const groups = byClaim(verdicts);
  if (groups.size === 0) return "No claim has a verdict yet: no notebook that tests one has run to its end.";
  const kinds = [...groups.values()].map(outcome);
  const [only] = outcomes.filter(([kind]) => kind === kinds[0]);
  const tested =
    kinds.length === 1
      ? `The one published claim tested ${only?.[1]}.`
      : `Of ${kinds.length} published claims tested, ${counted(kinds)}.`;
  const waiting = withoutVerdict(verdicts, claims).length;
  const rest =
    waiting === 0 ? "" : `${waiting === 1 ? "One more has" : `${waiting} more have`} no verdict yet.`;
  return [tested, rest, telling(groups), speaking(verdicts)].filter((part) => part !== "").join(" ");
}

/** How the claims of one post fared: `3 hold here and 2 stay undecided`. */
export function sayOutcomes(verdicts: readonly Verdict[]): string {
  return counted([...byClaim(verdicts).values()].map(outcome));
}

/** The claims that no verdict is about. */
export function withoutVerdict(verdicts: readonly Verdict[], claims: readonly Claim[]): readonly Claim[] {
  const judged = new Set(verdicts.map(({ claim }) => claim));
  return claims.filter(({ id }) => !judged.has(id));
}

/** `mixed`: holds under one condition and not under another; `nowhere`: under none, but not for one reason. */
type Outcome = Direction | "mixed" | "nowhere";

const outcomes: readonly (readonly [Outcome, string, string])[] = [
  ["holds", "holds here", "hold here"],
  ["mixed", "holds under some conditions only", "hold under some conditions only"],
  ["opposite", "comes out the other way round", "come out the other way round"],
  ["negligible", "is a difference too small to matter", "are differences too small to matter"],
  ["nowhere", "holds beyond doubt under no condition tested", "hold beyond doubt under no condition tested"],
  ["undecided", "stays undecided", "stay undecided"],
  ["not testable here", "cannot be tested here", "cannot be tested here"],
];

function outcome(verdicts: readonly Verdict[]): Outcome {
  const [first, ...others] = new Set(testedOf(verdicts).map(({ direction }) => direction));
  if (first !== undefined && others.length === 0) return first;
  return [first, ...others].includes("holds") ? "mixed" : "nowhere";
}

function counted(kinds: readonly Outcome[]): string {
  const parts = outcomes.flatMap(([kind, one, many]) => {
    const n = kinds.filter((each) => each === kind).length;
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`];
  });
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** The claim that a chooser learns most from: one that turns with its conditions, else the best-founded verdict. */
function telling(groups: ReadonlyMap<string, readonly Verdict[]>): string {
  const turning = [...groups.values()].find((verdicts) => outcome(verdicts) === "mixed");
  const [first] = turning ?? [];
  if (turning !== undefined && first !== undefined)
    return `“${first.statement}” ${sayWhen(testedOf(turning))}.`;
  const measured = [...groups.values()].flat().filter(({ low }) => low !== null);
  // Who must choose a protocol wants two of them compared, not a call with a function.
  const ofProtocols = measured.filter(({ first, second }) => ![first, second].includes("function"));
  const [best] = (ofProtocols.length > 0 ? ofProtocols : measured).sort(
    (a, b) => (b.calls ?? 0) - (a.calls ?? 0),
  );
  return best === undefined ? "" : sayVerdict(best);
}

/** Whom the verdicts speak of, where that is less than this machine. */
function speaking(verdicts: readonly Verdict[]): string {
  const measured = verdicts.filter(({ low }) => low !== null);
  const narrow = measured.filter(({ scope }) => scope === "these processes only");
  if (narrow.length === 0) return "";
  const which =
    narrow.length === measured.length
      ? "All measured verdicts"
      : `${narrow.length} of the ${measured.length} measured verdicts`;
  return `${which} rest on fewer than ${pairsForScope} pairs of fresh processes: they speak of the processes that ran and of no others.`;
}
