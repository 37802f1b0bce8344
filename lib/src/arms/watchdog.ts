/** One caller's part of a `Watchdog`: whether it has a call under way, and since when. */
export class Watch {
  private startedAt = Number.NaN;
  private readonly onOverdue: () => void;

  constructor(onOverdue: () => void) {
    this.onOverdue = onOverdue;
  }

  callBegan(): void {
    this.startedAt = performance.now();
  }

  callEnded(): void {
    this.startedAt = Number.NaN;
  }

  /** Ends the call under way if it began at `latestStart` or before. */
  look(latestStart: number): void {
    // No call, NaN, is never before anything.
    if (!(this.startedAt <= latestStart)) return;
    this.startedAt = Number.NaN;
    this.onOverdue();
  }
}

/**
 * Ends calls that take too long, of all callers of an arm. A timer for every call would cost a good part of a fast call,
 * and one for every caller a good part of a load of thousands; so one slow tick looks at all of them: a time-out comes up
 * to a tenth late, and a call that ends costs nothing.
 *
 * @example
 * const watch = watchdog.watch(() => stream.close());
 * watch.callBegan();
 */
export class Watchdog {
  private readonly watches: Watch[] = [];
  private readonly tick: NodeJS.Timeout;

  constructor({ timeoutMs }: { readonly timeoutMs: number }) {
    this.tick = setInterval(
      () => {
        const latestStart = performance.now() - timeoutMs;
        for (const watch of this.watches) watch.look(latestStart);
      },
      Math.max(1, timeoutMs / 10),
    );
    this.tick.unref();
  }

  /** Watches one more caller; `onOverdue` has to end its call. */
  watch(onOverdue: () => void): Watch {
    const watch = new Watch(onOverdue);
    this.watches.push(watch);
    return watch;
  }

  close(): void {
    clearInterval(this.tick);
  }
}
