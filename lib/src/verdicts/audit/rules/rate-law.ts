import { sayNumber } from "../../../stats/digits.js";
import { ruleOf } from "../rule.js";
import { type Line, linesOf, placeOf } from "../table.js";

/** Rate and time may each have been rounded, and calls that failed left out; more than this is neither. */
const tolerance = 0.05;

/**
 * Rate × time has to give the number of calls. Of a load only its run time is printed, and tools differ in what they
 * divide by, so that a breach there is suggestive.
 */
export const rateLaw = ruleOf({
  law: "calls ÷ time = rate",
  needs: "count, rate, and total or duration of a line",
  cases: ({ numbers }) =>
    linesOf(numbers).flatMap((line) => {
      const time = (["total", "duration"] as const).find((metric) => line.value(metric) !== undefined);
      const [rate, count] = [line.value("rate"), line.value("count")];
      const timeS = time && line.value(time);
      return time === undefined || !timeS || rate === undefined || count === undefined
        ? []
        : [{ line, time, timeS, rate, count }];
    }),
  fault: ({ line, time, timeS, rate, count }) => {
    const slackS = line.slack(time);
    const least = (count - (line.value("failures") ?? 0)) / (timeS + slackS);
    const most = slackS < timeS ? count / (timeS - slackS) : Number.POSITIVE_INFINITY;
    const slack = line.slack("rate");
    if (rate + slack >= least * (1 - tolerance) && rate - slack <= most * (1 + tolerance)) return null;
    return {
      strength: time === "total" ? "contradiction" : "suggestive",
      printed: `${line.digits("rate")} for ${line.digits("count")} calls in ${line.digits(time)} (${placeOf(line)})`,
      found: `${sayNumber(count)} calls ÷ ${sayNumber(timeS)} s = ${sayNumber(count / timeS)} calls a second; ${sayNumber(rate)} a second would make ${sayNumber(rate * timeS)} calls in that time`,
    };
  },
});

/** Calls of a chain follow one another, so together they cannot take longer than the chain. */
export const chainSum = ruleOf({
  law: "calls × mean ≤ total in a chain",
  needs: "count, mean and total of a line whose condition is chain",
  cases: ({ numbers }) =>
    linesOf(numbers).flatMap((line) => {
      const [count, meanS, totalS] = [line.value("count"), line.value("mean"), line.value("total")];
      const isChain = line.condition === "chain";
      return !isChain || count === undefined || meanS === undefined || totalS === undefined
        ? []
        : [{ line, count, meanS, totalS }];
    }),
  fault: ({ line, count, meanS, totalS }) => {
    const least = count * (meanS - line.slack("mean"));
    if (least <= (totalS + line.slack("total")) * (1 + tolerance)) return null;
    return {
      strength: "contradiction",
      printed: `${line.digits("count")} calls of a mean of ${line.digits("mean")} in ${line.digits("total")} (${placeOf(line)})`,
      found: `${sayNumber(count)} calls × ${sayNumber(meanS)} s = ${sayNumber(count * meanS)} s, one after another, and not ${sayNumber(totalS)} s`,
    };
  },
});

/** Every call succeeded or failed. */
export const callSum = ruleOf({
  law: "successes + failures = calls",
  needs: "count, and successes or failures of a line",
  cases: ({ numbers }) =>
    linesOf(numbers).flatMap((line) => {
      const count = line.value("count");
      const parts = (["successes", "failures"] as const).filter((metric) => line.value(metric) !== undefined);
      return count === undefined || parts.length === 0 ? [] : [{ line, count, parts }];
    }),
  fault: ({ line, count, parts }) => {
    const sum = parts.reduce((total, metric) => total + (line.value(metric) ?? 0), 0);
    if (parts.length === 2 ? sum === count : sum <= count) return null;
    return {
      strength: "contradiction",
      printed: `${sayParts(line, parts)} of ${line.digits("count")} calls (${placeOf(line)})`,
      found: `${parts.length === 2 ? `together these are ${exact(sum)} calls` : "no more calls can have ended so than were made"}, not ${exact(count)}`,
    };
  },
});

function sayParts(line: Line, parts: readonly ("successes" | "failures")[]): string {
  return parts.map((metric) => `${line.digits(metric)} ${metric}`).join(" and ");
}

/** A sum that is off by one has to show all of its digits. */
function exact(count: number): string {
  return count.toLocaleString("en-US");
}
