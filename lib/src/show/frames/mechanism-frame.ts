import type { DataFrame } from "danfojs-node";
import {
  isNeeded,
  judgePrediction,
  type MechanismFound,
  type MechanismTest,
  sayFound,
  sayTest,
} from "../../verdicts/mechanisms.js";
import { estimateCells } from "../tables/table.js";
import { makeFrame } from "./frame.js";

/** What mechanisms were found to be, and what became of what they predicted. */
interface MechanismsTried {
  readonly found: readonly MechanismFound[];
  readonly tests: readonly MechanismTest[];
}

/**
 * A row for every setting that a mechanism predicted: what was said, what was measured, their ratio with its interval, and what that
 * says; below it what each mechanism was found to be, and each test as a sentence.
 *
 * @example
 * mechanismFrame({ found, tests }, ["In these processes only."])
 */
export function mechanismFrame({ found, tests }: MechanismsTried, notes: readonly string[]): DataFrame {
  const columns = [
    ...["mechanism", "condition", "predictedMs", "measuredMs"],
    ...["measuredOverPredicted", "measuredOverPredictedLow", "measuredOverPredictedHigh", "says"],
    ...["measuredOverWithout", "measuredOverWithoutLow", "measuredOverWithoutHigh", "needed"],
  ];
  const rows = tests.map(({ mechanism, words, predictedMs, measuredMs, ratio, without, caution }) => [
    ...[mechanism, words, predictedMs, measuredMs],
    ...[...estimateCells(ratio), ratio && judgePrediction(ratio, caution)],
    ...[...estimateCells(without), without && isNeeded(without, caution)],
  ]);
  return makeFrame(columns, rows, {
    caption:
      "What each mechanism predicted for a setting that it was not found at, what was measured there, and what would be measured ÷ expected without it; below a ratio its 99 % interval",
    notes: [...found.map(sayFound), ...tests.map(sayTest), ...notes],
  });
}
