import { sayDuration, sayNumber } from "../digits.js";
import { type Line, linesOf, type Rule } from "./table.js";

/** A ping is itself a mean of its moment; a call has to be further below it than this to have broken the law. */
const pingSlack = 0.9;

/** How near to two round trips a mean has to be to look like a handshake and a request. */
const tolerance = 0.05;

/** A round trip has to be long against everything else in a call for the call to be counted in round trips. */
const longRoundTripS = 10e-3;

/** A call over a path cannot be answered before one round trip of that path, which the post's ping measures. */
export const roundTripFloor: Rule = ({ post, numbers }) =>
  withPing(linesOf(numbers)).flatMap(({ line, meanS, pingS }) => {
    if (meanS >= pingSlack * pingS) return [];
    return [
      {
        post,
        strength: "contradiction" as const,
        printed: `${line.experiment} over ${line.arm} takes ${sayDuration(meanS)} on average, ping ${sayDuration(pingS)} (${line.condition})`,
        found: `no answer comes before one round trip: at least ${sayDuration(pingS)}, ${sayNumber(pingS / meanS)} times what is printed; these calls did not take that path`,
      },
    ];
  });

/** A mean of two round trips is a TCP handshake and a request: the cost of connecting, whatever the protocol. */
export const twoRoundTrips: Rule = ({ post, numbers }) =>
  withPing(linesOf(numbers)).flatMap(({ line, meanS, pingS }) => {
    if (pingS < longRoundTripS || Math.abs(meanS / pingS / 2 - 1) > tolerance) return [];
    return [
      {
        post,
        strength: "suggestive" as const,
        printed: `${line.experiment} over ${line.arm} takes ${sayDuration(meanS)} on average, ping ${sayDuration(pingS)} (${line.condition})`,
        found: `${sayNumber(meanS / pingS)} round trips: one to connect and one to ask, so half of it goes with a kept connection`,
      },
    ];
  });

/** Each line with a mean, once for every place it is printed at, beside the ping of its condition. */
function withPing(lines: readonly Line[]): readonly { line: Line; meanS: number; pingS: number }[] {
  const pings = lines.filter((line) => line.arm === "ping");
  return lines.flatMap((line) => {
    const ping = pings.find((other) => other.condition === line.condition);
    const [meanS, pingS] = [line.value("mean"), ping?.value("mean")];
    // The tables of ranges repeat the means of the tables of means.
    const repeated = line.experiment.endsWith("-range");
    return line === ping || repeated || meanS === undefined || pingS === undefined
      ? []
      : [{ line, meanS, pingS }];
  });
}
