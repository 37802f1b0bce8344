import type { DataFrame } from "danfojs-node";
import type { ExpectedRate } from "../../analysis/loads/expected-rate.js";
import { makeFrame } from "./frame.js";

/**
 * The rate that users can have by Little's law beside the one that they had, a row an arm. `under` says the load.
 *
 * @example
 * rateFrame(rates, "100 users, 10 started a second, pausing 1–2 s, for 30 s")
 */
export function rateFrame(rates: readonly ExpectedRate[], under: string): DataFrame {
  const rows = rates.map(({ arm, users, pauseMs, meanMs, expectedPerSecond, callsPerSecond }) => [
    arm,
    users,
    pauseMs,
    meanMs,
    expectedPerSecond,
    callsPerSecond,
    callsPerSecond / expectedPerSecond,
  ]);
  const columns = [
    "arm",
    "users on average",
    "pauseMs",
    "meanMs",
    "expectedPerSecond",
    "callsPerSecond",
    "measuredOverExpected",
  ];
  return makeFrame(columns, rows, { caption: `The rate that users ÷ (pause + call) gives, under ${under}` });
}
