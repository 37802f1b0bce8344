import { sayDuration } from "../digits.js";
import { type Line, linesOf, type Rule } from "./table.js";

/**
 * In a chain every call uses the previous answer, so no time can be saved by not waiting for it: either the calls
 * were no chain, or the saving has another cause.
 */
export const chainWaits: Rule = ({ post, numbers }) => {
  const lines = linesOf(numbers);
  return lines.flatMap((line) => {
    if (line.condition !== "chain" || line.value("saved by not waiting") === undefined) return [];
    return [
      {
        post,
        strength: "contradiction",
        printed: `${line.arm} saves ${line.digits("saved by not waiting")} s by not waiting for the previous answer`,
        found: `each call of a chain needs the previous answer, so it has to wait; ${whatIsSaved(line, lines)} has another cause, or the calls were no chain`,
      },
    ];
  });
};

function whatIsSaved(line: Line, lines: readonly Line[]): string {
  const unary = lines.find((other) => other.arm === "grpc" && other.experiment === line.experiment);
  const [slowS, fastS, count] = [unary?.value("total"), line.value("total"), line.value("count")];
  if (slowS === undefined || fastS === undefined || count === undefined) return "the saving";
  return `the difference of ${sayDuration((slowS - fastS) / count)} a call`;
}
