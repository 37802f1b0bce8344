import { sayNumber, sayPercent } from "../../../stats/digits.js";
import { ruleOf } from "../rule.js";
import { type Line, lineOfClaim, linesOf, placeOf } from "../table.js";

/** Think time that is this much of a user's round fixes the rate, whatever the server does. */
const thinkShare = 0.95;

/** Where users mostly think, arms get the same rate from any server that keeps up: a sentence about it says nothing. */
export const thinkTimeRate = ruleOf({
  law: "a rate that is not fixed by pauses",
  needs: "a claim about count or rate, and think time, count and a mean or median of both its lines",
  cases: ({ numbers, claims }) => {
    const lines = linesOf(numbers);
    return claims
      .filter(({ metric }) => metric === "count" || metric === "rate")
      .flatMap((claim) => {
        const of = (arm: string) => pausing(lineOfClaim(lines, claim, arm));
        const [first, second] = [of(claim.first), of(claim.second)];
        return first === null || second === null ? [] : [{ first, second }];
      });
  },
  fault: ({ first, second }) => {
    const share = Math.min(first.share, second.share);
    if (share < thinkShare) return null;
    return {
      strength: "suggestive",
      printed: `${first.line.digits("count")} calls with ${sayNumber(first.thinkS)} s of thinking between them (${placeOf(first.line)}), ${second.line.digits("count")} over ${second.line.arm}`,
      found: `thinking is ${sayPercent(share)} of a user's time, so the rate is fixed by it and says next to nothing of the server`,
    };
  },
});

function pausing(line: Line | undefined) {
  const [thinkS, callS] = [line && thinkOf(line), line?.value("mean") ?? line?.value("median")];
  if (line === undefined || thinkS === undefined || callS === undefined || line.value("count") === undefined)
    return null;
  return { line, thinkS, share: thinkS / (thinkS + callS) };
}

/** The mean pause of a user in s, where the post says from what it is drawn. */
export function thinkOf(line: Line): number | undefined {
  const [min, max] = [line.value("think time min"), line.value("think time max")];
  return min === undefined || max === undefined ? undefined : (min + max) / 2;
}

/** The standard deviation of a pause in s, drawn evenly between its ends. */
export function pauseDeviationOf(line: Line): number {
  const [min, max] = [line.value("think time min"), line.value("think time max")];
  return min === undefined || max === undefined ? 0 : (max - min) / Math.sqrt(12);
}
