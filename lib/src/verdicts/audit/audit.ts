import { loadClaims } from "../published/claims.js";
import { loadNumbers } from "../published/published.js";
import { loadRemarks } from "../published/remarks.js";
import type { Finding } from "../types.js";
import type { Rule } from "./rule.js";
import { callCost } from "./rules/call-cost.js";
import { chainWaits } from "./rules/chain-waits.js";
import { littlesLaw, rampBound } from "./rules/load.js";
import { meanLaw, orderLaw } from "./rules/order.js";
import { ownWords, statedRatio } from "./rules/own-words.js";
import { callSum, chainSum, rateLaw } from "./rules/rate-law.js";
import { textRemarks } from "./rules/remarks.js";
import { roundTripFloor, twoRoundTrips } from "./rules/round-trips.js";
import { singleRun } from "./rules/single-run.js";
import { thinkTimeRate } from "./rules/think-time.js";
import { windowBound } from "./rules/window.js";
import type { AuditInput } from "./table.js";

const rules: readonly Rule[] = [
  rateLaw,
  chainSum,
  callSum,
  orderLaw,
  meanLaw,
  chainWaits,
  ownWords,
  statedRatio,
  textRemarks,
  roundTripFloor,
  rampBound,
  littlesLaw,
  windowBound,
  twoRoundTrips,
  thinkTimeRate,
  callCost,
  singleRun,
];

/** A law with how often tables had what it needs, and how often they broke it. */
export interface LawApplied {
  readonly law: string;
  /** As a noun phrase. */
  readonly needs: string;
  readonly checked: number;
  readonly found: number;
}

/** What came of every law. */
export interface Audit {
  /** Contradictions first. */
  readonly findings: readonly Finding[];
  readonly laws: readonly LawApplied[];
}

/** Applies every law to the tables of several posts, each with its own claims and remarks. */
export function auditTables(inputs: readonly AuditInput[]): Audit {
  const applied = rules.map(({ law, needs, apply }) => {
    const results = inputs.map(apply);
    const checked = results.reduce((sum, result) => sum + result.checked, 0);
    return { law, needs, checked, findings: results.flatMap(({ findings }) => findings) };
  });
  const findings = applied.flatMap((one) => one.findings);
  const of = (strength: Finding["strength"]) => findings.filter((finding) => finding.strength === strength);
  return {
    findings: [...of("contradiction"), ...of("suggestive")],
    laws: applied.map(({ law, needs, checked, findings: { length: found } }) => ({
      law,
      needs,
      checked,
      found,
    })),
  };
}

/** Applies every law to one table with its claims; contradictions first. */
export function auditTable(input: AuditInput): readonly Finding[] {
  return auditTables([input]).findings;
}

/**
 * What in the published tables of a post breaks arithmetic, physics or the post's own text; empty where nothing does.
 * @throws WirelabError `usage` where a file of `data/published` is not as it should be.
 * @example
 * auditPost("003").map((finding) => finding.found);
 */
export function auditPost(post: string): readonly Finding[] {
  const of = <Row extends { readonly post: string }>(rows: readonly Row[]) =>
    rows.filter((row) => row.post === post);
  return auditTable({
    post,
    numbers: of(loadNumbers()),
    claims: of(loadClaims()),
    remarks: of(loadRemarks()),
  });
}
