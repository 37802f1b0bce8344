import type { Calls, RoundPart } from "./calls.js";
import { columnNames } from "./columns.js";

/** Strings in the order in which they were first seen, each with its place in that order. */
export class Names {
  readonly #places = new Map<string, number>();

  constructor(first: readonly string[] = []) {
    for (const name of first) this.placeOf(name);
  }

  get list(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** The name's place; a new name gets the next one. */
  placeOf(name: string): number {
    const known = this.#places.get(name);
    if (known !== undefined) return known;
    const next = this.#places.size;
    this.#places.set(name, next);
    return next;
  }
}

/** A table of `length` calls, all zero. */
export function newCalls(length: number, armNames: readonly string[], errorCodes: readonly string[]): Calls {
  return {
    length,
    arm: new Uint16Array(length),
    armNames,
    pair: new Uint16Array(length),
    block: new Uint16Array(length),
    index: new Uint32Array(length),
    caller: new Uint16Array(length),
    intendedMs: new Float64Array(length),
    startMs: new Float64Array(length),
    durationMs: new Float64Array(length),
    firstByteMs: new Float64Array(length),
    serverMs: new Float64Array(length),
    calls: new Uint32Array(length),
    ok: new Uint8Array(length),
    status: new Int32Array(length),
    error: new Uint16Array(length),
    errorCodes,
    bytesSent: new Float64Array(length),
    bytesReceived: new Float64Array(length),
    connectionId: new Int32Array(length),
    warmup: new Uint8Array(length),
  };
}

/** Names and number of rows of parts, found in one pass. */
export interface PartsSummary {
  readonly arms: Names;
  readonly errors: Names;
  readonly rows: number;
}

/** What has to be known of parts before they can be put into one table. */
export function summarizeParts(parts: Iterable<RoundPart>): PartsSummary {
  const arms = new Names();
  const errors = new Names([""]);
  let rows = 0;
  for (const part of parts) {
    arms.placeOf(part.arm);
    for (const code of part.errorCodes) errors.placeOf(code);
    rows += part.columns.length;
  }
  return { arms, errors, rows };
}

/**
 * Puts parts of rounds into one table, in their order.
 *
 * `warmFromBlock[p]` is the first block of pair p that counts as warm; a pair without one has no warm-up. Arm names and
 * error codes come in the order in which they first appear. With a `summary` the parts may be only some of those that it
 * was made of.
 */
export function callsFromParts(
  parts: readonly RoundPart[],
  options: { readonly warmFromBlock: readonly number[]; readonly summary?: PartsSummary },
): Calls {
  const { arms, errors } = options.summary ?? summarizeParts(parts);
  const rows = parts.reduce((sum, part) => sum + part.columns.length, 0);
  const calls = newCalls(rows, arms.list, errors.list);
  let at = 0;
  for (const part of parts) {
    const end = at + part.columns.length;
    const warmFrom = options.warmFromBlock[part.pair] ?? 0;
    for (const name of columnNames) calls[name].set(part.columns[name], at);
    const places = part.errorCodes.map((code) => errors.placeOf(code));
    for (let row = at; row < end; row++) calls.error[row] = places[calls.error[row] ?? 0] ?? 0;
    calls.arm.fill(arms.placeOf(part.arm), at, end);
    calls.pair.fill(part.pair, at, end);
    calls.block.fill(part.block, at, end);
    calls.warmup.fill(part.block < warmFrom ? 1 : 0, at, end);
    at = end;
  }
  return calls;
}
