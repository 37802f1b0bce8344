/**
 * A delay in the server that can be changed while it runs: the control that proves the lab can see an effect of a known
 * size, within one process and on one connection.
 */
export class PlantedDelay {
  /** Busy waiting added to every call, in µs. */
  delayUs = 0;

  /** Busy, because a timer can't wait for microseconds and would let other calls pass. */
  wait(): void {
    if (this.delayUs <= 0) return;
    const until = performance.now() + this.delayUs / 1000;
    while (performance.now() < until);
  }
}
