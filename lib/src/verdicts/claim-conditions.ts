import { sayNumber, sayRange } from "../stats/digits.js";
import type { Estimate } from "../stats/interval.js";
import { sideOf } from "../stats/side.js";
import type { Effect, Interaction } from "./effects.js";
import type { ClaimSetting } from "./published/claim-settings.js";
import type { Claim, ClaimMetric, Direction } from "./types.js";

/** REST ÷ gRPC by medians at a baseline, after flips of one factor and of two. */
export interface FlipsFound {
  readonly baseline: Estimate;
  readonly effects: readonly Effect[];
  readonly interactions: readonly Interaction[];
}

/** What was flipped, and REST ÷ gRPC there. */
export interface FlippedTo {
  readonly words: string;
  readonly ratio: Estimate;
  readonly direction: Direction;
  /** Whether it stands for something that the claim's post had. */
  readonly ofPost: boolean;
}

/** Under which flips a claim holds, as far as its direction goes. */
export interface ClaimCondition {
  readonly claim: Claim;
  /** REST ÷ gRPC at the baseline, and what it says of the claim. */
  readonly baseline: Estimate;
  readonly here: Direction;
  /** All flips that were measured, those of the post first. */
  readonly flips: readonly FlippedTo[];
  /** What of the post's setting no flip stood for, or none that was measured. */
  readonly notFlipped: readonly string[];
}

/** Of how long a usual call takes, which is what a median can speak of; of a closed loop's rate it is the inverse. */
const spoken: Partial<Record<ClaimMetric, "above one" | "below one">> = {
  ...{ mean: "above one", median: "above one", total: "above one", elapsed: "above one" },
  ...{ rate: "below one", count: "below one" },
};

/** Whether flips can speak on a claim: it says that a usual call takes longer over REST than over unary gRPC. */
function isAboutUsualCalls({ first, second, metric, direction }: Claim): boolean {
  return ["rest", "rest-new-connection"].includes(first) && second === "grpc" && direction === spoken[metric];
}

/**
 * For each claim that flips can speak on, in their order: what the baseline says of it, and what every flip says. A host that
 * carries no verdict says nothing.
 *
 * @example
 * claimConditions(loadClaims(), loadSettings(), found);
 */
export function claimConditions(
  claims: readonly Claim[],
  settings: readonly ClaimSetting[],
  found: FlipsFound,
): readonly ClaimCondition[] {
  return claims.filter(isAboutUsualCalls).map((claim) => {
    const own = settings.filter((setting) => setting.claims.includes(claim.id));
    const flips = measuredFlips(found).map(({ words, parts, ratio }) => ({
      ...{ words, ratio, direction: directionOf(ratio) },
      ofPost: parts.every((part) => own.some(({ flip }) => flip === part)),
    }));
    const measured = flips.map(({ words }) => words);
    return {
      claim,
      baseline: found.baseline,
      here: directionOf(found.baseline),
      flips: flips.toSorted((a, b) => Number(b.ofPost) - Number(a.ofPost)),
      notFlipped: own.flatMap(({ setting, flip }) => (measured.includes(flip ?? "") ? [] : [setting])),
    };
  });
}

function measuredFlips({ effects, interactions }: FlipsFound) {
  const single = effects
    .filter(({ caution }) => caution === "")
    .map(({ words, ratio }) => ({ words, parts: [words], ratio }));
  const double = interactions.map(({ first, second, ratio }) => ({
    ...{ words: `both ${first} and ${second}`, parts: [first, second], ratio },
  }));
  return [...single, ...double].flatMap(({ ratio, ...flip }) => (ratio === null ? [] : [{ ...flip, ratio }]));
}

/** All claims that flips speak on say that REST is the slower one. */
function directionOf(ratio: Estimate): Direction {
  const directions = {
    above: "holds",
    below: "opposite",
    inside: "negligible",
    across: "undecided",
  } as const;
  return directions[sideOf(ratio)];
}

/**
 * Under which condition a claim holds, as clauses made from the flips; a number is REST ÷ gRPC, with its interval.
 *
 * @example
 * sayClaimCondition(one); // "holds here only with a new connection for every REST call (3.1, 2.8 to 3.4), as in the post; …"
 */
export function sayClaimCondition(one: ClaimCondition): string {
  const { here, baseline, notFlipped } = one;
  const ofPost = sayOfPost(one);
  return [
    sayHolding(one),
    `at the baseline ${outcomeWords[here]} (${sayRatioThere(baseline)})`,
    ...(ofPost === "" ? [] : [`as in the post or near it, ${ofPost}`]),
    ...(notFlipped.length === 0 ? [] : [`not flipped here: ${notFlipped.join("; ")}`]),
  ].join("; ");
}

/** What it takes for a claim to hold here. */
export type HoldsWith = "the baseline" | "what its post had" | "another flip" | "no flip";

/** What it takes for a claim to hold here: the least of what was tried. */
export function holdsWith({ here, flips }: ClaimCondition): HoldsWith {
  if (here === "holds") return "the baseline";
  const holding = flips.filter(({ direction }) => direction === "holds");
  if (holding.some(({ ofPost }) => ofPost)) return "what its post had";
  return holding.length > 0 ? "another flip" : "no flip";
}

/** Every flip that stands for something that its post had, and what comes of the claim there. */
export function sayOwnFlips({ flips }: ClaimCondition): string {
  const own = flips.filter(({ ofPost }) => ofPost);
  return own.map(({ words, direction }) => `${words}: ${outcomeWords[direction]}`).join("; ");
}

/** What the baseline and the flips make of REST ÷ gRPC, beyond doubt: of any claim, since all have the same. */
export function sayFlips({
  baseline,
  here,
  flips,
}: Pick<ClaimCondition, "baseline" | "here" | "flips">): string {
  const having = (wanted: Direction) => flips.filter(({ direction }) => direction === wanted);
  const listed = (some: readonly FlippedTo[]) => (some.length === 0 ? "none of them" : listFlips(some));
  const start = `At the baseline REST ÷ gRPC is ${sayNumber(baseline.value)} (${sayRange(baseline.low, baseline.high)}): of every claim ${outcomeWords[here]}.`;
  return `${start} Of ${flips.length} flips and pairs of flips REST is slower with ${listed(having("holds"))}; gRPC is slower with ${listed(having("opposite"))}.`;
}

/** The first of these clauses: where the claim holds, or that it does nowhere. */
export function sayHolding({ here, flips }: ClaimCondition): string {
  if (here !== "holds") return holding(flips);
  const against = flips.filter(({ direction }) => direction === "opposite");
  return against.length === 0
    ? "holds at the baseline, and no flip here turns it round"
    : `holds at the baseline; not with ${listFlips(against)}`;
}

/** What of the post's own setting does not make it hold, and what it does; "" where there is nothing of the kind. */
function sayOfPost({ flips }: ClaimCondition): string {
  const failing = flips.filter(({ ofPost, direction }) => ofPost && direction !== "holds");
  return failing.map((flip) => `with ${listFlips([flip])} ${outcomeWords[flip.direction]}`).join(", ");
}

const outcomeWords: Readonly<Record<Direction, string>> = {
  holds: "it holds",
  opposite: "the opposite holds",
  negligible: "neither is slower",
  undecided: "it is undecided",
  "not testable here": "it is not testable",
};

/** What makes a claim hold that does not at the baseline: what the post had, and what it had not. */
function holding(flips: readonly FlippedTo[]): string {
  const all = flips.filter(({ direction }) => direction === "holds");
  const [own, other] = [all.filter(({ ofPost }) => ofPost), all.filter(({ ofPost }) => !ofPost)];
  const parts = [
    ...(own.length === 0 ? [] : [`with ${listFlips(own)}, as in the post or near it`]),
    ...(other.length === 0 ? [] : [`with ${listFlips(other)}, which the post does not tell of`]),
  ];
  return parts.length === 0 ? "no flip here makes it hold" : `holds here only ${parts.join(", or ")}`;
}

function listFlips(flips: readonly FlippedTo[]): string {
  return flips.map(({ words, ratio }) => `${words} (${sayRatioThere(ratio)})`).join(", or with ");
}

function sayRatioThere({ value, low, high }: Estimate): string {
  return `${sayNumber(value)}, ${sayRange(low, high)}`;
}
