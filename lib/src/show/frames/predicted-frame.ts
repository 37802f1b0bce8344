import type { DataFrame } from "danfojs-node";
import type { ArmSummary } from "../../analysis/types.js";
import type { Prediction } from "../../record/run-info.js";
import type { Cell } from "../tables/table.js";
import { makeFrame } from "./frame.js";

/** A prediction counts as met when the measured median lies within this share of it, which was fixed before measuring. */
export const predictionTolerance = 0.15;

/**
 * A row a prediction: what the link makes of a call, what the arm takes by itself, both together, and the median that
 * was measured after it was said; times in ms.
 *
 * @example
 * predictedFrame([{ arm: "rest", linkMs: 35.594, ownMs: 0.3 }], summaries)
 */
export function predictedFrame(
  predictions: readonly Prediction[],
  summaries: readonly ArmSummary[],
): DataFrame {
  const columns = [
    "arm",
    "linkMs",
    "ownMs",
    "predictedMs",
    "measuredMs",
    "measuredLowMs",
    "measuredHighMs",
    "measuredOverPredicted",
    "within",
  ];
  const rows = predictions.map(({ arm, linkMs, ownMs }): Cell[] => {
    const { medianMs = Number.NaN, p50Ms = null } = summaries.find((summary) => summary.arm === arm) ?? {};
    const measured = Number.isNaN(medianMs) ? null : medianMs;
    const ratio = measured === null ? null : measured / (linkMs + ownMs);
    const interval = [measured, p50Ms?.low ?? null, p50Ms?.high ?? null];
    return [arm, linkMs, ownMs, linkMs + ownMs, ...interval, ratio, met(ratio)];
  });
  return makeFrame(columns, rows, {
    caption:
      "Predicted from the link, then measured: medians; below a value its 99 % interval, where there are calls enough for one",
    notes: predictions.length === 0 ? ["This run has no predictions."] : [],
  });
}

function met(ratio: number | null): Cell {
  if (ratio === null) return null;
  const share = `${Math.round(predictionTolerance * 100)} %`;
  return Math.abs(ratio - 1) <= predictionTolerance ? `within ${share}` : `off by more than ${share}`;
}
