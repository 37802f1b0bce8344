import type { Comparison } from "../analysis/types.js";
import { WirelabError } from "../errors.js";
import { loadClaims, readings } from "./claims.js";
import { type JudgeOptions, judge } from "./judge.js";
import type { Claim, Verdict } from "./types.js";
import { sayDifference } from "./words.js";

/** What surrounds the comparisons of a whole post. */
export interface JudgePostOptions extends Omit<JudgeOptions, "missing"> {
  /** What it would take to test a claim that has no comparison, as a noun phrase. */
  readonly missing?: (claim: Claim) => string;
}

/**
 * Verdicts for every claim of a post, in the order of `claims.csv`; a claim that is to be judged on another arm too
 * gets one for each, told apart by `conditions`. `compare` gets the claim with the arms in question and returns null
 * where there is nothing to compare; such claims come out as *not testable here*.
 * @throws WirelabError `usage` for a post without claims, and whatever `judge` throws.
 * @example
 * judgePost("003", (claim) => compareArms(run, claim), { stack: "ported", host: "child", conditions: "" });
 */
export function judgePost(
  post: string,
  compare: (claim: Claim) => Comparison | null,
  options: JudgePostOptions,
): readonly Verdict[] {
  const claims = loadClaims().filter((claim) => claim.post === post);
  if (claims.length === 0) {
    throw new WirelabError("usage", `There are no claims of a post ${post} in data/published/claims.csv.`);
  }
  return claims.flatMap((claim) =>
    readings(claim).map((reading) => judgeReading(claim, reading, compare(reading), options)),
  );
}

function judgeReading(
  claim: Claim,
  reading: Claim,
  comparison: Comparison | null,
  options: JudgePostOptions,
): Verdict {
  const { missing, ...rest } = options;
  const assumed =
    claim.also === null ? "" : sayDifference(reading === claim ? claim.also.arm : claim.also.instead);
  const conditions = [options.conditions, assumed].filter((clause) => clause !== "").join("; ");
  const lack = missing === undefined ? {} : { missing: missing(reading) };
  return judge(reading, comparison, { ...rest, conditions, ...lack });
}
