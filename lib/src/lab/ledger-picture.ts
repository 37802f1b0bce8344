import { figureHtml } from "../show/figures/figure.js";
import { plotlyScript } from "../show/figures/plotly.js";
import { ratioLedger } from "../show/figures/ratio-ledger.js";
import type { Verdict } from "../verdicts/types.js";

/** The report's picture of all verdicts as HTML that needs nothing else; "" while no verdict has a ratio. */
export function ledgerPicture(verdicts: readonly Verdict[]): string {
  const picture = ratioLedger(verdicts);
  return picture === null ? "" : plotlyScript() + figureHtml(picture, "every-claim");
}
