/**
 * Keeps the processor busy for `delayUs` µs: the control that proves the lab can see an effect of a known size.
 * Busy, because a timer can't wait for microseconds and would let other calls pass.
 */
export function busyWait(delayUs: number): void {
  if (delayUs <= 0) return;
  const until = process.hrtime.bigint() + BigInt(Math.round(delayUs * 1000));
  while (process.hrtime.bigint() < until);
}
