import { contradictsItself } from "../claims.js";
import { sayNumber } from "../digits.js";
import { sayArm } from "../words.js";
import type { Rule } from "./table.js";

/** A sentence of the post whose own numbers point the other way. */
export const ownWords: Rule = ({ post, claims }) =>
  claims.filter(contradictsItself).map((claim) => ({
    post,
    strength: "contradiction",
    printed: claim.statement,
    found: `by its own numbers ${sayArm(claim.first)} ÷ ${sayArm(claim.second)} (${claim.metric}, ${claim.conditions}) is ${sayNumber(claim.ratio ?? Number.NaN)}, which is ${claim.direction === "above one" ? "below" : "above"} one`,
  }));
