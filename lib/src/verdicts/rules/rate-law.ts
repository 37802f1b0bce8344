import { sayNumber } from "../digits.js";
import { linesOf, placeOf, type Rule } from "./table.js";

/** Rate and total may each have been rounded; more than this is not rounding. */
const tolerance = 0.05;

/** Rate × total time has to give the number of calls. */
export const rateLaw: Rule = ({ post, numbers }) =>
  linesOf(numbers).flatMap((line) => {
    const [rate, totalS, count] = [line.value("rate"), line.value("total"), line.value("count")];
    if (rate === undefined || totalS === undefined || count === undefined) return [];
    const actual = count / totalS;
    if (Math.abs(rate / actual - 1) <= tolerance) return [];
    return [
      {
        post,
        strength: "contradiction",
        printed: `${line.digits("rate")} for ${line.digits("count")} calls in ${line.digits("total")} (${placeOf(line)})`,
        found: `${sayNumber(count)} calls ÷ ${sayNumber(totalS)} s = ${sayNumber(actual)} calls a second; ${sayNumber(rate)} a second would make ${sayNumber(rate * totalS)} calls in that time`,
      },
    ];
  });
