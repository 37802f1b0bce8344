import { sayDuration, sayNumber } from "../../../stats/digits.js";
import { ruleOf } from "../rule.js";
import { linesOf } from "../table.js";
import { type Pinged, pingedLines, sayStatistic } from "./ping.js";

/** How near to two round trips a mean has to be to look like a handshake and a request. */
const tolerance = 0.05;

/** A round trip has to be long against everything else in a call for the call to be counted in round trips. */
const longRoundTripS = 10e-3;

/** The share of a round trip that the same call may take over a short path, where next to nothing of it is round trips. */
const shortCall = 0.1;

/** What fits into TCP's and HTTP/2's first windows needs no second round trip. */
const oneWindowBytes = 10 * 1460;

/** A call over a path cannot be answered before one round trip of that path, which the post's ping measures. */
export const roundTripFloor = ruleOf({
  law: "a call ≥ one round trip",
  needs: "a mean, median or min of a line, and the same of the arm ping under its condition",
  cases: pingedLines,
  fault: (pinged) => {
    const { line, statistic, callS, pingS, leastS, comparable } = pinged;
    if (callS + line.slack(statistic) >= leastS) return null;
    return {
      strength: comparable ? "contradiction" : "suggestive",
      printed: sayPinged(pinged),
      found: `no answer comes before one round trip: at least ${sayDuration(pingS)}, ${sayNumber(pingS / callS)} times what is printed; these calls did not take that path`,
    };
  },
});

/** A mean of two round trips is a TCP handshake and a request: the cost of connecting, whatever the protocol. */
export const twoRoundTrips = ruleOf({
  law: "a call of two round trips, which are one and a handshake",
  needs: `a ping of ${sayDuration(longRoundTripS)} or more, and a mean of the same call over a short path`,
  cases: (input) => {
    const lines = linesOf(input.numbers);
    return pingedLines(input).filter(({ line, pingS }) => {
      const isSmall = (line.value("payload") ?? 0) <= oneWindowBytes;
      const isShort = ({ experiment, arm, value }: (typeof lines)[number]) =>
        experiment === line.experiment &&
        arm === line.arm &&
        (value("mean") ?? Number.POSITIVE_INFINITY) < shortCall * pingS;
      return pingS >= longRoundTripS && isSmall && lines.some(isShort);
    });
  },
  fault: (pinged) => {
    const roundTrips = pinged.callS / pinged.pingS;
    if (Math.abs(roundTrips / 2 - 1) > tolerance) return null;
    return {
      strength: "suggestive",
      printed: sayPinged(pinged),
      found: `${sayNumber(roundTrips)} round trips: one to connect and one to ask, so half of it goes with a kept connection`,
    };
  },
});

/** A call and its round trip as the post prints them. */
export function sayPinged({ line, statistic, callS, pingS }: Pinged): string {
  return `${line.experiment} over ${line.arm} takes ${sayDuration(callS)} ${sayStatistic(statistic)}, ping ${sayDuration(pingS)} (${line.condition})`;
}
