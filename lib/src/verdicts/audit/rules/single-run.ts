import { ruleOf } from "../rule.js";
import { linesOf } from "../table.js";

const spreads = ["min", "max", "p95", "p99", "median"] as const;

/** A lone total has no spread, so no interval can be put around any ratio of it. */
export const singleRun = ruleOf({
  law: "a total has a spread beside it",
  needs: "a total",
  cases: ({ numbers }) => {
    const totals = linesOf(numbers).filter((line) => line.value("total") !== undefined);
    return totals.length === 0 ? [] : [totals];
  },
  fault: (totals) => {
    const lone = totals.filter((line) => spreads.every((metric) => line.value(metric) === undefined));
    if (lone.length === 0) return null;
    return {
      strength: "suggestive",
      printed: `one total each for ${lone.map((line) => line.arm).join(", ")}`,
      found:
        "without repetition or spread none of their ratios has an interval, and a disturbed run cannot be told from a slow arm",
    };
  },
});
