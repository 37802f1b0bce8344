import { CallRecorder } from "./call-recorder.js";
import type { RoundEnd, RoundOptions } from "./round.js";

/** Which part of a load a client process makes: every `of`th user or call, from number `client` on. */
export interface Share {
  readonly client: number;
  readonly of: number;
}

/** The share of a client that makes all of a load. */
export const alone: Share = { client: 0, of: 1 };

/** How many of so many users or calls, numbered from 0, are a client's. */
export function partOf({ client, of }: Share, count: number): number {
  return Math.max(0, Math.ceil((count - client) / of));
}

/** How a client makes its share of a load. */
export interface LoadOptions extends RoundOptions {
  /** When the load begins, on the run's clock: the same for all clients. */
  readonly beginMs: number;
  readonly share: Share;
  /** Of pauses and random arrivals; the same for all clients. */
  readonly seed: number;
  /** Calls, and failed calls, after which this client ends its share early. */
  readonly mostCalls: number;
  readonly mostFailures: number;
}

/** How a client's share of a load ended. */
export interface LoadEnd {
  readonly end: RoundEnd;
  readonly usersStarted: number;
  /** From its begin until no further call was to be made: the run time, or less where it was stopped. */
  readonly overMs: number;
  /** Calls that were due and had not been sent at the end. */
  readonly notSent: number;
}

/** Parts are flushed long before a buffer of this length is full. */
const expectedCalls = 4096;

/** One client's share of a load while it goes on: its clock, who sleeps, when it is over. */
export class RunningLoad {
  readonly beginAt: number;
  private readonly endAt: number;
  private readonly runTimeMs: number;
  readonly recorder: CallRecorder;
  usersStarted = 0;
  private started = 0;
  private stopped: { readonly end: RoundEnd; readonly at: number } | null = null;
  private readonly sleepers = new Map<NodeJS.Timeout, () => void>();
  private readonly options: LoadOptions;

  constructor(options: LoadOptions, { runTimeMs }: { readonly runTimeMs: number }) {
    this.options = options;
    this.beginAt = options.beginMs - options.clockOffsetMs;
    this.endAt = this.beginAt + runTimeMs;
    this.runTimeMs = runTimeMs;
    this.recorder = new CallRecorder(options, { expectedCalls });
    if (options.mostCalls < 1) this.stop({ status: "finished" });
  }

  /** Runs `body`, in which callers call; an abort ends the calls that are under way, the end of time lets them finish. */
  async run(
    callers: readonly { cancel(code: string): void }[],
    body: () => Promise<unknown>,
  ): Promise<RoundEnd> {
    const { signal } = this.options;
    const interrupt = () => {
      this.stop({ status: "interrupted" });
      for (const caller of callers) caller.cancel("INTERRUPTED");
    };
    signal?.addEventListener("abort", interrupt);
    if (signal?.aborted) this.stop({ status: "interrupted" });
    try {
      await body();
    } finally {
      signal?.removeEventListener("abort", interrupt);
      this.recorder.flush();
    }
    return this.stopped?.end ?? { status: "finished" };
  }

  /** Whether it has been ended before its run time is over. */
  get cut(): boolean {
    return this.stopped !== null;
  }

  /** Whether no further call becomes due. */
  get over(): boolean {
    return this.cut || performance.now() >= this.endAt;
  }

  /** How long after the begin it became so, in ms: calls that were due later were not owed. */
  get overMs(): number {
    const { runTimeMs, stopped, beginAt } = this;
    return stopped === null ? runTimeMs : Math.min(runTimeMs, Math.max(0, stopped.at - beginAt));
  }

  /** The number of the next call, over all clients. */
  nextIndex(): number {
    const { share, mostCalls } = this.options;
    const index = this.started++ * share.of + share.client;
    if (this.started >= mostCalls) this.stop({ status: "finished" });
    return index;
  }

  /** To be asked after each call. */
  checkFailures(): void {
    const { mostFailures, arm } = this.options;
    if (this.recorder.failed < mostFailures || this.stopped !== null) return;
    const { failed, lastError } = this.recorder;
    this.stop({ status: "gave-up", reason: `${failed} calls of ${arm} failed, the last with ${lastError}` });
  }

  /** Sleeps until that time of `performance.now()`, or until the load is over. */
  async sleepUntil(at: number): Promise<void> {
    const wakeAt = Math.min(at, this.endAt);
    // A timer may fire up to a millisecond early.
    while (!this.cut && performance.now() < wakeAt) await this.sleep(wakeAt - performance.now());
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.sleepers.delete(timer);
        resolve();
      }, ms);
      this.sleepers.set(timer, resolve);
    });
  }

  private stop(end: RoundEnd): void {
    this.stopped ??= { end, at: performance.now() };
    // The last of so many calls may be interrupted.
    if (end.status === "interrupted" && this.stopped.end.status === "finished")
      this.stopped = { ...this.stopped, end };
    for (const [timer, resolve] of this.sleepers) {
      clearTimeout(timer);
      resolve();
    }
    this.sleepers.clear();
  }
}
