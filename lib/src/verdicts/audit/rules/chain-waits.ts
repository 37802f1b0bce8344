import { sayDuration } from "../../../stats/digits.js";
import { ruleOf } from "../rule.js";
import { type Line, linesOf } from "../table.js";

/**
 * In a chain every call uses the previous answer, so no time can be saved by not waiting for it: either the calls
 * were no chain, or the saving has another cause.
 */
export const chainWaits = ruleOf({
  law: "calls of a chain wait",
  needs: "a time saved by not waiting, and chain as its condition",
  cases: ({ numbers }) => {
    const lines = linesOf(numbers);
    return lines
      .filter((line) => line.condition === "chain" && line.value("saved by not waiting") !== undefined)
      .map((line) => ({ line, lines }));
  },
  fault: ({ line, lines }) => ({
    strength: "contradiction",
    printed: `${line.arm} saves ${line.digits("saved by not waiting")} s by not waiting for the previous answer`,
    found: `each call of a chain needs the previous answer, so it has to wait; ${whatIsSaved(line, lines)} has another cause, or the calls were no chain`,
  }),
});

function whatIsSaved(line: Line, lines: readonly Line[]): string {
  const unary = lines.find((other) => other.arm === "grpc" && other.experiment === line.experiment);
  const [slowS, fastS, count] = [unary?.value("total"), line.value("total"), line.value("count")];
  if (slowS === undefined || fastS === undefined || count === undefined) return "the saving";
  return `the difference of ${sayDuration((slowS - fastS) / count)} a call`;
}
