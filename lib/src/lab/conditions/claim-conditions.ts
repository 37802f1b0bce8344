import type { DataFrame } from "danfojs-node";
import { scopeOfRuns } from "../../analysis/compare.js";
import { anchorMarkup } from "../../show/anchor.js";
import { showable, type View, viewOf } from "../../show/display.js";
import { claimConditionFrame } from "../../show/frames/claim-condition-frame.js";
import { jsonScript } from "../../show/html.js";
import {
  type ClaimCondition,
  claimConditions as conditionsOfClaims,
  sayClaimCondition,
  sayHolding,
} from "../../verdicts/claim-conditions.js";
import { loadSettings, sayStandIns } from "../../verdicts/published/claim-settings.js";
import { loadClaims } from "../../verdicts/published/claims.js";
import type { Conditions } from "./conditions.js";

/**
 * Under which condition each claim holds: the numbers, and the table that it shows itself as.
 *
 * @example
 * const { table }: lab.ClaimConditions = lab.claimConditions(await lab.conditions({ calls: 400 }));
 */
export interface ClaimConditions {
  readonly conditions: readonly ClaimCondition[];
  readonly table: DataFrame;
}

/**
 * Under which flip of `conditions` each claim of the posts holds, a row a claim, with what is published and what the baseline says;
 * also feeds the ledger. Of claims that are not about how long a usual call takes over REST and over gRPC it says nothing.
 *
 * @example
 * lab.claimConditions(await lab.conditions({ calls: 400 }));
 */
export function claimConditions(found: Conditions): ClaimConditions {
  const claims = loadClaims();
  const settings = loadSettings();
  const conditions = conditionsOfClaims(claims, settings, found);
  const scope = scopeOfRuns(found.runs);
  const table = claimConditionFrame(conditions, {
    unspoken: claims.length - conditions.length,
    standIns: sayStandIns(settings),
    scope,
  });
  const view = viewOf(table) as View;
  const said = conditions.map((one) => ({
    claim: one.claim.id,
    brief: sayHolding(one),
    sentence: sayClaimCondition(one),
  }));
  return showable(
    { conditions, table },
    {
      html: () =>
        anchorMarkup("table-claims").markup +
        view.html() +
        jsonScript(said, { "data-wirelab": "claim-conditions" }).markup,
      text: () => view.text(),
    },
  );
}
