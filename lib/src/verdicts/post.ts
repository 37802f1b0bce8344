import type { Comparison } from "../analysis/types.js";
import { WirelabError } from "../errors.js";
import { type JudgeOptions, judge } from "./judge.js";
import { loadClaims, readings } from "./published/claims.js";
import type { Claim, Verdict } from "./types.js";
import { sayDifference } from "./words/words.js";

/** What speaks on a claim: a comparison and what surrounds it, or null and what is missing. */
export interface Evidence extends JudgeOptions {
  readonly comparison: Comparison | null;
}

/**
 * Verdicts for every claim of a post, in the order of `claims.csv`; a claim that is to be judged on another arm too
 * gets one for each, told apart by `conditions`, and one for each piece of evidence. `evidence` gets the claim with the
 * arms in question and returns at least one piece; one without a comparison comes out as *not testable here*.
 * @throws WirelabError `usage` for a post without claims, and whatever `judge` throws.
 * @example
 * judgePost("003", (claim) => [{ comparison: compareArms(run, claim), stack: "ported", host: "child", conditions: "" }]);
 */
export function judgePost(post: string, evidence: (claim: Claim) => readonly Evidence[]): readonly Verdict[] {
  const claims = loadClaims().filter((claim) => claim.post === post);
  if (claims.length === 0) {
    throw new WirelabError("usage", `There are no claims of a post ${post} in data/published/claims.csv.`);
  }
  return claims.flatMap((claim) =>
    readings(claim).flatMap((reading) =>
      evidence(reading).map((piece) => judgeReading(claim, reading, piece)),
    ),
  );
}

function judgeReading(claim: Claim, reading: Claim, { comparison, ...options }: Evidence): Verdict {
  const assumed =
    claim.also === null ? "" : sayDifference(reading === claim ? claim.also.arm : claim.also.instead);
  const conditions = [options.conditions, assumed].filter((clause) => clause !== "").join("; ");
  return judge(reading, comparison, { ...options, conditions });
}
