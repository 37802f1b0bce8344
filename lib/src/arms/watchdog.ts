/**
 * Ends a caller's call that takes too long. A timer for every call would cost a good part of a fast call, so one slow
 * tick looks whether the call under way is overdue: a time-out comes up to a tenth late, and a call that ends costs nothing.
 */
export class Watchdog {
  private startedAt = Number.NaN;
  private readonly tick: NodeJS.Timeout;

  constructor({ timeoutMs, onOverdue }: { timeoutMs: number; onOverdue: () => void }) {
    this.tick = setInterval(
      () => {
        if (performance.now() - this.startedAt < timeoutMs || Number.isNaN(this.startedAt)) return;
        this.startedAt = Number.NaN;
        onOverdue();
      },
      Math.max(1, timeoutMs / 10),
    );
    this.tick.unref();
  }

  callBegan(): void {
    this.startedAt = performance.now();
  }

  callEnded(): void {
    this.startedAt = Number.NaN;
  }

  close(): void {
    clearInterval(this.tick);
  }
}
