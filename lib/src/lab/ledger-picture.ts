import { figureHtml } from "../show/figure.js";
import { ratioLedger } from "../show/figures/ratio-ledger.js";
import { plotlyScript } from "../show/plotly.js";
import type { Verdict } from "../verdicts/types.js";

/** The report's picture of all verdicts as HTML that needs nothing else; "" while no verdict has a ratio. */
export function ledgerPicture(verdicts: readonly Verdict[]): string {
  const picture = ratioLedger(verdicts);
  return picture === null ? "" : plotlyScript() + figureHtml(picture, "every-claim");
}
