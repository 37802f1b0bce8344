import { loadClaims } from "./claims.js";
import { loadNumbers } from "./published.js";
import { callCost } from "./rules/call-cost.js";
import { chainWaits } from "./rules/chain-waits.js";
import { littlesLaw, rampBound, thinkTimeRate } from "./rules/load.js";
import { ownWords } from "./rules/own-words.js";
import { rateLaw } from "./rules/rate-law.js";
import { roundTripFloor, twoRoundTrips } from "./rules/round-trips.js";
import { singleRun } from "./rules/single-run.js";
import type { AuditInput, Rule } from "./rules/table.js";
import type { Finding } from "./types.js";

const rules: readonly Rule[] = [
  rateLaw,
  chainWaits,
  ownWords,
  roundTripFloor,
  rampBound,
  littlesLaw,
  twoRoundTrips,
  thinkTimeRate,
  callCost,
  singleRun,
];

/** Applies every rule to one table with its claims; contradictions first. */
export function auditTable(input: AuditInput): readonly Finding[] {
  const findings = rules.flatMap((rule) => rule(input));
  const of = (strength: Finding["strength"]) => findings.filter((finding) => finding.strength === strength);
  return [...of("contradiction"), ...of("suggestive")];
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
  return auditTable({ post, numbers: of(loadNumbers()), claims: of(loadClaims()) });
}
