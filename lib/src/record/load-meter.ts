interface CallerLoad {
  firstStartMs: number;
  lastEndMs: number;
  inCallsMs: number;
  /** Calls that succeeded. */
  succeeded: number;
}

/** One row of the call record, as far as it loads anything. */
export interface LoadRow {
  readonly caller: number;
  readonly startMs: number;
  readonly durationMs: number;
  /** How many calls the row stands for, one after another. */
  readonly calls: number;
  readonly ok: boolean;
}

/**
 * How the callers of one round were busy. Each caller's rate is taken over its own time, from its first start to its last
 * end, and the rates are added: where calls do not divide evenly among callers, or one ends late, the time in which only
 * some of them call would otherwise make many callers look slower than they are. A call that fails takes its time too.
 */
export class LoadMeter {
  private readonly callers = new Map<number, CallerLoad>();

  add({ caller, startMs, durationMs, calls, ok }: LoadRow): void {
    const endMs = startMs + calls * durationMs;
    const known = this.callers.get(caller);
    if (known === undefined) {
      this.callers.set(caller, {
        firstStartMs: startMs,
        lastEndMs: endMs,
        inCallsMs: endMs - startMs,
        succeeded: ok ? calls : 0,
      });
      return;
    }
    known.firstStartMs = Math.min(known.firstStartMs, startMs);
    known.lastEndMs = Math.max(known.lastEndMs, endMs);
    known.inCallsMs += endMs - startMs;
    if (ok) known.succeeded += calls;
  }

  /** From the first start to the last end, in ms; 0 without calls. */
  elapsedMs(): number {
    const all = [...this.callers.values()];
    if (all.length === 0) return 0;
    return (
      Math.max(...all.map(({ lastEndMs }) => lastEndMs)) -
      Math.min(...all.map(({ firstStartMs }) => firstStartMs))
    );
  }

  /** Calls that succeeded, a second; NaN where no time passed. */
  callsPerSecond(): number {
    return this.sum(({ succeeded }, spanMs) => (1000 * succeeded) / spanMs);
  }

  /** How many calls were under way on average: as many as there are callers, less what these did between calls. */
  underWay(): number {
    return this.sum(({ inCallsMs }, spanMs) => inCallsMs / spanMs);
  }

  private sum(of: (caller: CallerLoad, spanMs: number) => number): number {
    const spans = [...this.callers.values()].map((caller) => ({
      caller,
      spanMs: caller.lastEndMs - caller.firstStartMs,
    }));
    if (spans.length === 0 || spans.some(({ spanMs }) => spanMs <= 0)) return Number.NaN;
    return spans.reduce((total, { caller, spanMs }) => total + of(caller, spanMs), 0);
  }
}
