import type { Progress } from "../experiment/progress.js";
import { formatCount, formatDuration, formatNumber, formatWait } from "./words/number.js";

/** Share done, from 0 to 1; 0 while the total is unknown. */
export function shareDone(progress: Progress): number {
  if (!(progress.total > 0)) return 0;
  return Math.min(1, Math.max(0, progress.done / progress.total));
}

/**
 * Time left in s, taking the rest to go as fast as what is done; null in the first half second, when that says nothing.
 */
export function remainingSeconds(progress: Progress, elapsedMs: number): number | null {
  const share = shareDone(progress);
  if (share === 0 || elapsedMs < 500) return null;
  return (elapsedMs / 1000) * (1 / share - 1);
}

/** Progress in words: `pair 2 of 10, gRPC: 43 %, 8 s left · 9 400 calls/s · median 105 µs`. */
export function progressText(progress: Progress, elapsedMs: number): string {
  const left = remainingSeconds(progress, elapsedMs);
  const percent = Math.floor(shareDone(progress) * 100);
  const head = progress.arm === undefined ? progress.phase : `${progress.phase}, ${progress.arm}`;
  const parts = [
    `${head}: ${percent}\u202f%${left === null ? "" : `, ${formatWait(left)} left`}`,
    progress.callsPerSecond === undefined ? null : `${rate(progress.callsPerSecond)} calls/s`,
    progress.p50Ms === undefined ? null : `median ${formatDuration(progress.p50Ms)}`,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function rate(perSecond: number): string {
  return perSecond < 100 ? formatNumber(perSecond) : formatCount(Number(perSecond.toPrecision(3)));
}
