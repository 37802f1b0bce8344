import { type Answer, type Caller, newAnswer } from "../arms/arm.js";
import type { Workload } from "../arms/workload.js";
import { RoundBuffer } from "../record/round-buffer.js";
import { flushEveryMs, type RoundEnd, type RoundOptions } from "./round.js";

/**
 * A closed load without think time: every caller makes its next call when it has the answer to its last, fed with it.
 * With one caller this is a chain. Resolves when all calls of the round are over; never rejects for a failed call.
 */
export async function runClosed<Input, Output>(
  callers: readonly Caller<Input, Output>[],
  workload: Workload<Input, Output>,
  options: RoundOptions,
): Promise<RoundEnd> {
  const round = new Round(options);
  const cancelAll = () => {
    for (const caller of callers) caller.cancel("INTERRUPTED");
  };
  options.signal?.addEventListener("abort", cancelAll);
  try {
    await Promise.all(callers.map((caller, number) => round.runCaller(caller, number, workload)));
  } finally {
    options.signal?.removeEventListener("abort", cancelAll);
    round.flush();
  }
  return round.end();
}

/** A part is copied on its way to the log, so its size bounds the memory that recording takes. */
const largestPartRows = 16_384;

/** What the callers of one round share. */
class Round {
  private readonly buffer: RoundBuffer;
  private readonly options: RoundOptions;
  private started = 0;
  private failedInARow = 0;
  private lastError = "";
  private flushedAt = performance.now();

  constructor(options: RoundOptions) {
    this.options = options;
    this.buffer = new RoundBuffer({ capacityRows: Math.min(options.calls, largestPartRows) });
  }

  async runCaller<Input, Output>(
    caller: Caller<Input, Output>,
    number: number,
    workload: Workload<Input, Output>,
  ): Promise<void> {
    const answer = newAnswer<Output>();
    let input = workload.first;
    while (this.goesOn()) {
      const index = this.started++;
      const startedAt = performance.now();
      await caller.call(input, answer);
      const endedAt = performance.now();
      const serverMs = answer.ok ? (workload.serverMs?.(answer.output as Output) ?? Number.NaN) : Number.NaN;
      this.record(index, number, startedAt, endedAt, serverMs, answer);
      // After a failure the chain goes on from the last right answer.
      if (answer.ok) input = workload.next(answer.output as Output);
      if (endedAt - this.flushedAt > flushEveryMs || this.buffer.length >= largestPartRows) this.flush();
    }
  }

  flush(): void {
    const { arm, pair, block } = this.options;
    this.flushedAt = performance.now();
    const part = this.buffer.take(arm, pair, block);
    if (part.columns.length > 0) this.options.onPart(part);
  }

  end(): RoundEnd {
    if (this.options.signal?.aborted) return { status: "interrupted" };
    if (this.failedInARow < this.options.failuresInARow) return { status: "finished" };
    return {
      status: "gave-up",
      reason: `${this.options.failuresInARow} calls of ${this.options.arm} in a row failed, the last with ${this.lastError}`,
    };
  }

  private goesOn(): boolean {
    return (
      this.started < this.options.calls &&
      this.failedInARow < this.options.failuresInARow &&
      this.options.signal?.aborted !== true
    );
  }

  private record(
    index: number,
    caller: number,
    startedAt: number,
    endedAt: number,
    serverMs: number,
    answer: Answer<unknown>,
  ): void {
    const { clockOffsetMs } = this.options;
    const startMs = startedAt + clockOffsetMs;
    const firstByteMs = answer.firstByteAt - startedAt;
    this.buffer.push(
      index,
      caller,
      startMs,
      startMs,
      endedAt - startedAt,
      firstByteMs,
      serverMs,
      1,
      answer.ok,
      answer.status,
      answer.error,
      answer.bytesSent,
      answer.bytesReceived,
      answer.connectionId,
    );
    this.failedInARow = answer.ok ? 0 : this.failedInARow + 1;
    this.lastError = answer.error;
  }
}
