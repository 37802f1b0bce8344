import { sayDuration, sayPercent, sayRange, sayTimes } from "../stats/digits.js";
import { type Estimate, isVast } from "../stats/interval.js";
import { sideOf } from "../stats/side.js";

/** How far a prediction may be off, either way: measured ÷ predicted from 1/1.15 to 1.15. */
export const predictionBound = 0.15;

/** What an intervention says of a mechanism. */
export type MechanismVerdict = "confirmed" | "refuted" | "undecided";

/** One setting that a mechanism predicted, and what was measured there. */
export interface MechanismTest {
  /** Of the mechanism, a noun phrase. */
  readonly mechanism: string;
  /** The setting, a noun phrase. */
  readonly words: string;
  /** Whether times are of one call, or from one call's end to the next one's. */
  readonly kind: "median" | "gap";
  /** In ms; null where it was not measured, as are all numbers below. */
  readonly predictedMs: number | null;
  readonly measuredMs: number | null;
  /** Measured ÷ predicted. */
  readonly ratio: Estimate | null;
  /** Measured ÷ what would be expected without the mechanism. */
  readonly without: Estimate | null;
  /** What that is, a clause after "If". */
  readonly withoutWords: string;
  /** What keeps the numbers from deciding anything, a clause after "because"; "" for nothing. */
  readonly caution: string;
  /** Why it was not measured, a sentence; "" where it was. */
  readonly missing: string;
}

/** A mechanism, and the numbers that it was found to have. */
export interface MechanismFound {
  readonly mechanism: string;
  /** What it says, a sentence. */
  readonly says: string;
  /** None where nothing could be found. */
  readonly parameters: readonly FoundParameter[];
}

/** A number that a mechanism was found to have. */
export interface FoundParameter {
  readonly words: string;
  /** What the estimate counts. */
  readonly unit: "ms" | "ns a byte";
  /** Null where it could not be told from nothing. */
  readonly estimate: Estimate | null;
}

/** Confirmed where all of the interval lies within the bound, refuted where none of it does, and neither with a caution. */
export function judgePrediction(ratio: Estimate, caution: string): MechanismVerdict {
  if (caution !== "") return "undecided";
  const side = sideOf(ratio, predictionBound);
  return side === "inside" ? "confirmed" : side === "across" ? "undecided" : "refuted";
}

/** Two processes of the same code differ by less than this factor, and so does what others do to them in a run that is kept. */
const beyondChance = 2;

/**
 * Whether what was measured speaks against there being no such mechanism; with a caution only where all of the interval is off by
 * more than a factor that nothing of the kind explains.
 */
export function isNeeded(without: Estimate, caution: string): "yes" | "no" | "undecided" {
  const side = sideOf(without, caution === "" ? predictionBound : beyondChance - 1);
  if (side === "across" || (side === "inside" && caution !== "")) return "undecided";
  return side === "inside" ? "no" : "yes";
}

/** A test as a sentence or two, made from its numbers. */
export function sayTest(test: MechanismTest): string {
  const { mechanism, words, ratio, predictedMs, measuredMs, caution, missing } = test;
  const opening = `${mechanism}: ${words}`;
  if (ratio === null || predictedMs === null || measuredMs === null) return `${opening}: ${missing}`;
  const what = test.kind === "gap" ? " from one answer to the next" : "";
  const numbers = `predicted ${sayDuration(predictedMs / 1000)}${what}, measured ${sayDuration(measuredMs / 1000)}`;
  return `${opening}: ${numbers}, ${sayTimes(ratio)} as long as predicted: ${sayVerdict(ratio, caution)}.${sayWithout(test)}`;
}

function sayVerdict(ratio: Estimate, caution: string): string {
  return caution === "" ? verdictWords[judgePrediction(ratio, caution)] : `undecided, because ${caution}`;
}

const allowed = sayPercent(predictionBound);

const verdictWords: Readonly<Record<MechanismVerdict, string>> = {
  confirmed: `confirmed, to the ${allowed} that were allowed`,
  refuted: `refuted, since all of the interval is more than ${allowed} off`,
  undecided: `undecided, since the interval reaches beyond the ${allowed} that were allowed and within them`,
};

function sayWithout({ without, withoutWords, caution }: MechanismTest): string {
  if (without === null || (caution !== "" && isNeeded(without, caution) !== "yes")) return "";
  const off = `it would be ${sayTimes(without)} as long as expected`;
  const then = {
    yes: "which is ruled out",
    no: "which would be as good: this does not show that the mechanism is there",
    undecided: "which is not ruled out",
  }[isNeeded(without, caution)];
  return ` If ${withoutWords}, ${off}, ${then}.`;
}

/** What a mechanism says, and what was found for it, as sentences. */
export function sayFound({ mechanism, says, parameters }: MechanismFound): string {
  const found = parameters.length === 0 ? "" : ` Found: ${parameters.map(sayParameter).join("; ")}.`;
  return `${mechanism}: ${says}${found}`;
}

function sayParameter({ words, unit, estimate }: FoundParameter): string {
  if (estimate === null) return `${words} nothing that can be told from none`;
  const { low, high } = estimate;
  if (isVast(estimate)) return `${words} an unknown number of ${unit}`;
  const micro = unit === "ms" && high < 1;
  return `${words} ${micro ? `${sayRange(1000 * low, 1000 * high)} µs` : `${sayRange(low, high)} ${unit}`}`;
}
