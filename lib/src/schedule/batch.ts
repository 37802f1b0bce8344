import type { BatchArm } from "../arms/arm.js";
import { RoundBuffer } from "../record/log/round-buffer.js";
import type { RoundEnd, RoundOptions } from "./round.js";

/**
 * One round of an arm that is too fast for the clock: one batch, in one row whose `durationMs` is the mean of a call
 * and whose `calls` is the size of the batch.
 */
export function runBatch(arm: BatchArm, options: RoundOptions): RoundEnd {
  const startedAt = performance.now();
  const right = arm.runBatch();
  const durationMs = (performance.now() - startedAt) / arm.batchSize;
  const startMs = startedAt + options.clockOffsetMs;
  const buffer = new RoundBuffer();
  const error = right ? "" : "WRONG_ANSWER";
  buffer.push(
    0,
    0,
    startMs,
    startMs,
    durationMs,
    Number.NaN,
    Number.NaN,
    arm.batchSize,
    right,
    -1,
    error,
    0,
    0,
    -1,
  );
  options.onPart(buffer.take(options.arm, options.pair, options.block));
  return { status: "finished" };
}
