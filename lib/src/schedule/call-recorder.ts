import type { Answer } from "../arms/arm.js";
import type { CallFlow } from "../arms/workload.js";
import { RoundBuffer } from "../record/log/round-buffer.js";
import { flushEveryMs, type RoundOptions } from "./round.js";

/** A part is copied on its way to the log, so its size bounds the memory that recording takes. */
const largestPartRows = 16_384;

/** Records the calls of one round and hands them on in parts. */
export class CallRecorder {
  /** Failed calls since the last one that succeeded. */
  failedInARow = 0;
  failed = 0;
  lastError = "";
  private readonly buffer: RoundBuffer;
  private readonly options: RoundOptions;
  private flushedAt = performance.now();

  constructor(options: RoundOptions, { expectedCalls }: { readonly expectedCalls: number }) {
    this.options = options;
    this.buffer = new RoundBuffer({ capacityRows: Math.min(expectedCalls, largestPartRows) });
  }

  record(
    index: number,
    caller: number,
    intendedAt: number,
    startedAt: number,
    endedAt: number,
    serverMs: number,
    answer: Answer<unknown>,
  ): void {
    const { clockOffsetMs } = this.options;
    this.buffer.push(
      index,
      caller,
      intendedAt + clockOffsetMs,
      startedAt + clockOffsetMs,
      endedAt - startedAt,
      answer.firstByteAt - startedAt,
      serverMs,
      1,
      answer.ok,
      answer.status,
      answer.error,
      answer.bytesSent,
      answer.bytesReceived,
      answer.connectionId,
    );
    if (answer.ok) {
      this.failedInARow = 0;
    } else {
      this.failedInARow++;
      this.failed++;
      this.lastError = answer.error;
    }
    if (endedAt - this.flushedAt > flushEveryMs || this.buffer.length >= largestPartRows) this.flush();
  }

  flush(): void {
    const { arm, pair, block } = this.options;
    this.flushedAt = performance.now();
    const part = this.buffer.take(arm, pair, block);
    if (part.columns.length > 0) this.options.onPart(part);
  }
}

/** What an answer says its work took in the server; NaN where it says nothing, or there is none. */
export function serverMsOf<Input, Output>(workload: CallFlow<Input, Output>, answer: Answer<Output>): number {
  return answer.ok ? (workload.serverMs?.(answer.output as Output) ?? Number.NaN) : Number.NaN;
}
