/**
 * Call records as columns: element i of every array is one call.
 * Times are ms on the machine's monotonic clock from the run's start. NaN stands for null in a float column, -1 in an
 * integer column; why a value is null is the arm's to say (see `Arm.notMeasured`).
 */
export interface Calls {
  readonly length: number;
  /** Index into `armNames`. */
  readonly arm: Uint16Array;
  readonly armNames: readonly string[];
  readonly pair: Uint16Array;
  readonly block: Uint16Array;
  /** Position within the round. */
  readonly index: Uint32Array;
  /** Which of N concurrent callers. */
  readonly caller: Uint16Array;
  readonly intendedMs: Float64Array;
  readonly startMs: Float64Array;
  readonly durationMs: Float64Array;
  readonly firstByteMs: Float64Array;
  /** What the answer says its work took in the server. */
  readonly serverMs: Float64Array;
  /** How many calls the row stands for: 1, or the size of a batch whose mean `durationMs` is. */
  readonly calls: Uint32Array;
  readonly ok: Uint8Array;
  /** HTTP status or gRPC status code; -1 when there was no answer. */
  readonly status: Int32Array;
  /** Index into `errorCodes`; 0 is no error. */
  readonly error: Uint16Array;
  readonly errorCodes: readonly string[];
  /** Body bytes of the call, without headers or framing. */
  readonly bytesSent: Float64Array;
  readonly bytesReceived: Float64Array;
  /** Which connection of the arm carried the call, counted from 0 within a pair; -1 where there is none. */
  readonly connectionId: Int32Array;
  readonly warmup: Uint8Array;
}

/** The columns of one round's (or part of a round's) rows: everything but what is the same for the whole round. */
export interface RoundColumns {
  readonly length: number;
  readonly index: Uint32Array;
  readonly caller: Uint16Array;
  readonly intendedMs: Float64Array;
  readonly startMs: Float64Array;
  readonly durationMs: Float64Array;
  readonly firstByteMs: Float64Array;
  readonly serverMs: Float64Array;
  readonly calls: Uint32Array;
  readonly ok: Uint8Array;
  readonly status: Int32Array;
  readonly error: Uint16Array;
  readonly bytesSent: Float64Array;
  readonly bytesReceived: Float64Array;
  readonly connectionId: Int32Array;
}

/** A part of a round as it is logged and sent between processes: its place in the run, and its columns. */
export interface RoundPart {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  /** Codes that `columns.error` points into; element 0 is "". */
  readonly errorCodes: readonly string[];
  readonly columns: RoundColumns;
}
