import { sayDuration, sayNumber } from "../digits.js";
import { type Line, linesOf, type Rule } from "./table.js";

/** Below this an interpreter's loop costs about as much as what it calls. */
const loopS = 1e-6;

/** Calls to a server on the same machine take well under 1 ms on today's stacks; above this something else is timed. */
const localCallS = 5e-3;

/** What one call of a chain cost, where that is too little or too much to be the call alone. */
export const callCost: Rule = ({ post, numbers }) =>
  linesOf(numbers).flatMap((line) => {
    const [totalS, count] = [line.value("total"), line.value("count")];
    if (line.condition !== "chain" || totalS === undefined || count === undefined) return [];
    const suspicion = suspect(totalS / count);
    if (suspicion === null) return [];
    const printed = `${line.digits("count")} calls of ${line.arm} in ${line.digits("total")}`;
    return [{ post, strength: "suggestive" as const, printed, found: `${sayPerCall(line)}, ${suspicion}` }];
  });

function suspect(perCallS: number): string | null {
  if (perCallS < loopS)
    return "about what the loop around it costs, so ratios to it depend on how the loop is written";
  if (perCallS > localCallS) {
    return `many times what a call to a server on the same machine costs, so connecting, name look-up or the server's mode may be what was timed`;
  }
  return null;
}

function sayPerCall(line: Line): string {
  const perCallS = (line.value("total") ?? Number.NaN) / (line.value("count") ?? Number.NaN);
  return `${sayDuration(perCallS)} a call, ${sayNumber(1 / perCallS)} calls a second`;
}
