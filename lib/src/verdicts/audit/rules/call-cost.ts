import { sayDuration, sayNumber } from "../../../stats/digits.js";
import { ruleOf } from "../rule.js";
import { linesOf } from "../table.js";

/** Below this an interpreter's loop costs about as much as what it calls. */
const loopS = 1e-6;

/** Calls to a server on the same machine take well under 1 ms on today's stacks; above this something else may be timed. */
const localCallS = 5e-3;

/** Protocols differ by less than this on the same work, so another arm that is so much faster shows that the work is not it. */
const farFaster = 10;

/** What one call of a chain cost, where that is too little or too much to be the call alone. */
export const callCost = ruleOf({
  law: "what one call of a chain costs",
  needs: "count and total of a line whose condition is chain",
  cases: ({ numbers }) => {
    const chains = linesOf(numbers).flatMap((line) => {
      const [totalS, count] = [line.value("total"), line.value("count")];
      const isChain = line.condition === "chain";
      return !isChain || !totalS || !count ? [] : [{ line, perCallS: totalS / count }];
    });
    return chains.map((chain) => ({ ...chain, beside: chains }));
  },
  fault: ({ line, perCallS, beside }) => {
    const others = beside.filter(
      (other) => other.line.experiment === line.experiment && other.perCallS > loopS,
    );
    const suspicion = suspect(perCallS, Math.min(...others.map((other) => other.perCallS)));
    if (suspicion === null) return null;
    return {
      strength: "suggestive",
      printed: `${line.digits("count")} calls of ${line.arm} in ${line.digits("total")}`,
      found: `${sayDuration(perCallS)} a call, ${sayNumber(1 / perCallS)} calls a second, ${suspicion}`,
    };
  },
});

function suspect(perCallS: number, fastestS: number): string | null {
  if (perCallS < loopS)
    return "about what the loop around it costs, so ratios to it depend on how the loop is written";
  if (perCallS > localCallS && perCallS > farFaster * fastestS) {
    return `many times what a call to a server on the same machine costs, so connecting, name look-up or the server's mode may be what was timed`;
  }
  return null;
}
