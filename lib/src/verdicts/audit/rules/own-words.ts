import { sayNumber } from "../../../stats/digits.js";
import { contradictsItself } from "../../published/claims.js";
import { isPublishedMetric } from "../../published/published.js";
import type { Claim } from "../../types.js";
import { sayArm } from "../../words/words.js";
import { ruleOf } from "../rule.js";
import { type AuditInput, type Line, lineOfClaim, linesOf } from "../table.js";

/** A stated ratio may have been rounded to two digits. */
const tolerance = 0.05;

/** A sentence of the post whose own numbers point the other way; the ratio is the table's where the claim states none. */
export const ownWords = ruleOf({
  law: "words that agree with their numbers",
  needs: "claims that state a ratio, or the numbers of both their arms",
  cases: (input) =>
    withTable(input).flatMap(({ claim, printed }) => {
      const ratio = claim.ratio ?? printed;
      return ratio === null ? [] : [{ ...claim, ratio }];
    }),
  fault: (claim) =>
    contradictsItself(claim)
      ? {
          strength: "contradiction",
          printed: claim.statement,
          found: `by its own numbers ${sayCompared(claim)} is ${sayNumber(claim.ratio)}, which is ${claim.direction === "above one" ? "below" : "above"} one`,
        }
      : null,
});

/** A ratio in the text has to be that of the table. */
export const statedRatio = ruleOf({
  law: "a stated ratio that is the table's",
  needs: "claims that state a ratio, and the numbers of both their arms",
  cases: (input) =>
    withTable(input).flatMap(({ claim, printed }) =>
      claim.ratio === null || printed === null ? [] : [{ claim, stated: claim.ratio, printed }],
    ),
  fault: ({ claim, stated, printed }) => {
    if (Math.abs(stated / printed - 1) <= tolerance) return null;
    return {
      strength: "contradiction",
      printed: `${claim.statement}: ${sayNumber(stated)} times`,
      found: `by the table ${sayCompared(claim)} is ${sayNumber(printed)}`,
    };
  },
});

function withTable({ numbers, claims }: AuditInput) {
  const lines = linesOf(numbers);
  return claims.map((claim) => {
    const of = (arm: string) => printedOf(lineOfClaim(lines, claim, arm), claim);
    const [first, second] = [of(claim.first), of(claim.second)];
    return { claim, printed: first === undefined || !second ? null : first / second };
  });
}

function printedOf(line: Line | undefined, { metric }: Claim): number | undefined {
  if (metric !== "spread") return isPublishedMetric(metric) ? line?.value(metric) : undefined;
  const [min, max] = [line?.value("min"), line?.value("max")];
  return min === undefined || max === undefined ? undefined : max - min;
}

function sayCompared({ first, second, metric, conditions }: Claim): string {
  return `${sayArm(first)} ÷ ${sayArm(second)} (${metric}, ${conditions})`;
}
