import { ruleOf } from "../rule.js";

/** Faults of the text itself, which were found by reading and are carried as data. */
export const textRemarks = ruleOf({
  law: "what the text says of itself",
  needs: "remarks on the text",
  cases: ({ remarks }) => remarks,
  fault: ({ strength, printed, found, checked }) => ({
    strength,
    printed,
    found: `${found} (read: ${checked})`,
  }),
});
