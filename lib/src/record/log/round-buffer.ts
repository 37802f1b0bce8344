import type { RoundColumns, RoundPart } from "../calls.js";
import { buildColumns, type Column, type ColumnName, newColumn } from "../columns.js";

// An index into the codes is two bytes wide; codes for which there is no place left share the last one.
const maxErrorCodes = 65_536;
const overflowCode = "other-error";

/**
 * Collects the calls of a round while they are made: one `push` a call, which allocates only when it must grow.
 *
 * @example
 * const buffer = new RoundBuffer();
 * buffer.push(0, 0, 12.1, 12.1, 0.15, NaN, NaN, 1, true, 200, "", 11, 11, 0);
 * const part = buffer.take("rest", 0, 3);
 */
export class RoundBuffer {
  #length = 0;
  #columns: RoundColumns;
  #errorCodes: string[] = [""];
  #errorIndex = new Map<string, number>();

  /** `capacityRows`: calls for which there is room before the buffer first has to grow; default 4096. */
  constructor(options: { readonly capacityRows?: number } = {}) {
    const capacity = Math.max(1, options.capacityRows ?? 4096);
    this.#columns = buildColumns(capacity, (name) => newColumn(name, capacity));
  }

  /** Calls in the buffer. */
  get length(): number {
    return this.#length;
  }

  /** Adds one row; NaN in a float and -1 in `status` or `connectionId` say "not known", `errorCode` "" is no error. */
  push(
    index: number,
    caller: number,
    intendedMs: number,
    startMs: number,
    durationMs: number,
    firstByteMs: number,
    serverMs: number,
    calls: number,
    ok: boolean,
    status: number,
    errorCode: string,
    bytesSent: number,
    bytesReceived: number,
    connectionId: number,
  ): void {
    if (this.#length === this.#columns.length) this.#grow();
    const row = this.#length++;
    const columns = this.#columns;
    columns.index[row] = index;
    columns.caller[row] = caller;
    columns.intendedMs[row] = intendedMs;
    columns.startMs[row] = startMs;
    columns.durationMs[row] = durationMs;
    columns.firstByteMs[row] = firstByteMs;
    columns.serverMs[row] = serverMs;
    columns.calls[row] = calls;
    columns.ok[row] = ok ? 1 : 0;
    columns.status[row] = status;
    columns.error[row] = errorCode === "" ? 0 : this.#codeOf(errorCode);
    columns.bytesSent[row] = bytesSent;
    columns.bytesReceived[row] = bytesReceived;
    columns.connectionId[row] = connectionId;
  }

  /** Hands out copies of the rows so far as a part of the given round, and empties the buffer, which keeps its room. */
  take(arm: string, pair: number, block: number): RoundPart {
    const length = this.#length;
    const all = this.#columns;
    const columns = buildColumns(length, (name) => all[name].slice(0, length) as Column<typeof name>);
    const errorCodes = this.#errorCodes;
    this.#length = 0;
    this.#errorCodes = [""];
    this.#errorIndex.clear();
    return { arm, pair, block, errorCodes, columns };
  }

  #codeOf(errorCode: string): number {
    const known = this.#errorIndex.get(errorCode);
    if (known !== undefined) return known;
    const next = this.#errorCodes.length;
    if (next === maxErrorCodes) return next - 1;
    const code = next === maxErrorCodes - 1 ? overflowCode : errorCode;
    this.#errorCodes.push(code);
    this.#errorIndex.set(code, next);
    return next;
  }

  #grow(): void {
    const old = this.#columns;
    const capacity = old.length * 2;
    this.#columns = buildColumns(capacity, <N extends ColumnName>(name: N) => {
      const wide = newColumn(name, capacity);
      wide.set(old[name]);
      return wide;
    });
  }
}
