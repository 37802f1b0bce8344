import { sayDuration, sayNumber } from "../../../stats/digits.js";
import { ruleOf } from "../rule.js";
import { pingedLines } from "./ping.js";
import { sayPinged } from "./round-trips.js";

/** What HTTP/2 lets go out before the receiver gives credit, unless it says otherwise (RFC 9113, 6.9.2). */
const defaultWindowBytes = 65_535;

/**
 * A byte of a message can go out only when the one a window before it has been acknowledged, a round trip later, so a message
 * of n windows takes n round trips with its answer. Only a table that states the window is contradicted by it: servers may
 * give more from the start, or raise it while they run.
 */
export const windowBound = ruleOf({
  law: "a gRPC call ≥ its windows × the round trip",
  needs: "a payload, a ping, and a mean, median or min of an arm with grpc in its name; window for certainty",
  cases: (input) =>
    pingedLines(input).flatMap((pinged) => {
      const payloadBytes = pinged.line.value("payload");
      const isGrpc = /grpc/i.test(pinged.line.arm);
      // One that is faster than its ping says nothing of windows.
      const isPossible = pinged.callS + pinged.line.slack(pinged.statistic) >= pinged.leastS;
      return payloadBytes === undefined || !isGrpc || !isPossible ? [] : [{ pinged, payloadBytes }];
    }),
  fault: ({ pinged, payloadBytes }) => {
    const { line, statistic, callS, pingS, leastS, comparable } = pinged;
    const stated = line.value("window");
    const windowBytes = stated ?? defaultWindowBytes;
    const windows = Math.ceil(payloadBytes / windowBytes);
    if (windows < 2 || callS + line.slack(statistic) >= windows * leastS) return null;
    const rate = `${sayNumber(payloadBytes / callS / 1e6)} MB/s, where a window a round trip is ${sayNumber(windowBytes / pingS / 1e6)} MB/s`;
    const unless = stated === undefined ? "; so the window was larger than HTTP/2's usual one" : "";
    return {
      strength: stated !== undefined && comparable ? "contradiction" : "suggestive",
      printed: `${sayPinged(pinged)}, with a payload of ${sayNumber(payloadBytes / 1e6)} MB`,
      found: `${windows} windows of ${windowBytes.toLocaleString("en-US")} bytes take ${windows} round trips, ${sayDuration(windows * pingS)}: ${rate}${unless}`,
    };
  },
});
