import { formatDuration } from "../../show/words/number.js";
import type { Check } from "./check.js";

const reads = 2000;
// A call in this process takes about as long, and a batch of them a hundred times that.
const fineEnoughMs = 0.001;

/** The smallest step by which a clock in ms was seen to go forward. */
export function clockStepMs(now: () => number): number {
  let least = Number.POSITIVE_INFINITY;
  let before = now();
  for (let i = 0; i < reads; i++) {
    const after = now();
    if (after > before) least = Math.min(least, after - before);
    before = after;
  }
  return least;
}

/** Looks whether a clock in ms is fine enough to time calls of some 50 µs to one part in a hundred. */
export function checkClock(now: () => number): Check {
  const stepMs = clockStepMs(now);
  const fine = stepMs <= fineEnoughMs;
  return {
    topic: "clock",
    name: "resolution",
    found: Number.isFinite(stepMs) ? formatDuration(stepMs) : "stands still",
    state: fine ? "ok" : "careful",
    advice: fine
      ? null
      : "Short calls are timed coarsely: trust means of many, not percentiles of single calls.",
  };
}
