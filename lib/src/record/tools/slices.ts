import type { RoundPart } from "../calls.js";
import { buildColumns, newColumn } from "../columns.js";
import type { Collected } from "./collect.js";

/** A load is cut into so many stretches at least, for its calls depend on each other by time (`analysis/loads/stretches.ts`). */
const fewest = 20;
const longestMs = 1000;
/** As many blocks as the record can number, a few less. */
const most = 60_000;

/** How long the slices are that stand as blocks: seconds or twentieths of the longest file, and no finer than its clock. */
export function sliceMsOf(files: readonly Collected[]): number | null {
  const spans = files.flatMap(({ span }) => (span === null ? [] : [span.toMs - span.fromMs]));
  if (spans.length === 0) return null;
  const longest = Math.max(...spans);
  const steps = files.map(({ exactness }) => exactness.clockStepMs ?? 0);
  return Math.max(Math.min(longestMs, longest / fewest), longest / most, ...steps, 1e-3);
}

/** When each file's first call began, on the run's clock: files with the time of day keep their distance. */
export function beginsMs(files: readonly Collected[]): {
  readonly runMs: number | null;
  readonly ofFiles: readonly number[];
} {
  const unixMs = files.map(({ zeroMs, span }) => (span === null ? Number.NaN : zeroMs + span.fromMs));
  const known = unixMs.filter((ms) => ms > Date.UTC(2000, 0));
  const runMs = known.length === 0 ? null : Math.min(...known);
  return { runMs, ofFiles: unixMs.map((ms) => (runMs !== null && ms > Date.UTC(2000, 0) ? ms - runMs : 0)) };
}

/** Where a call lies in the record: the block in whose slice of time it ended, and its place among that block's calls of its arm. */
export interface CallPlace {
  readonly block: number;
  readonly index: number;
}

/** Gives the calls of one arm of a file, in the order of the file, their places. */
export class ArmSlicer {
  readonly #fromMs: number;
  readonly #sliceMs: number | null;
  readonly #calls: number;
  #seen = 0;
  readonly #inBlock: number[] = [];

  constructor({ span, arms }: Collected, arm: string, sliceMs: number | null) {
    this.#fromMs = span?.fromMs ?? 0;
    this.#sliceMs = sliceMs;
    this.#calls = arms.find(({ name }) => name === arm)?.calls ?? 1;
  }

  /** The next call's, of times on the file's own clock. */
  next(startMs: number, durationMs: number): CallPlace {
    const block = this.#blockOf(startMs - this.#fromMs + (durationMs || 0));
    const index = this.#inBlock[block] ?? 0;
    this.#inBlock[block] = index + 1;
    this.#seen++;
    return { block, index };
  }

  #blockOf(sinceMs: number): number {
    const sliceMs = this.#sliceMs;
    if (sliceMs === null || Number.isNaN(sinceMs)) return Math.floor((this.#seen * fewest) / this.#calls);
    return Math.max(0, Math.ceil(sinceMs / sliceMs) - 1);
  }
}

/** The same calls with times on the run's clock, each in the block in whose slice it ended. */
export function* sliced(
  parts: Iterable<RoundPart>,
  files: readonly Collected[],
  sliceMs: number | null,
): Generator<RoundPart, void, undefined> {
  const { ofFiles } = beginsMs(files);
  const slicers = new Map<string, ArmSlicer>();
  for (const part of parts) {
    const file = files[part.pair];
    if (file === undefined) continue;
    const key = `${part.pair} ${part.arm}`;
    const slicer = slicers.get(key) ?? new ArmSlicer(file, part.arm, sliceMs);
    slicers.set(key, slicer);
    const { startMs, durationMs, length } = part.columns;
    const shiftMs = (ofFiles[part.pair] ?? 0) - (file.span?.fromMs ?? 0);
    const indexes = new Uint32Array(length);
    const blockOf = (row: number) => {
      const { block, index } = slicer.next(startMs[row] as number, durationMs[row] as number);
      indexes[row] = index;
      return block;
    };
    for (const [block, rows] of groups(length, blockOf)) {
      yield { ...part, block, columns: picked(part, rows, { indexes, shiftMs }) };
    }
  }
}

function groups(length: number, groupOf: (row: number) => number): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (let row = 0; row < length; row++) {
    const group = groupOf(row);
    const rows = found.get(group);
    if (rows === undefined) found.set(group, [row]);
    else rows.push(row);
  }
  return found;
}

function picked(
  { columns }: RoundPart,
  rows: readonly number[],
  { indexes, shiftMs }: { readonly indexes: Uint32Array; readonly shiftMs: number },
) {
  const made = buildColumns(rows.length, (name) => {
    const column = newColumn(name, rows.length);
    // Through doubles: one loop over one kind of array runs several times faster than one that meets all of them.
    const all = new Float64Array(columns[name]);
    const some = new Float64Array(rows.length);
    for (let i = 0; i < some.length; i++) some[i] = all[rows[i] as number] as number;
    column.set(some);
    return column;
  });
  for (let i = 0; i < rows.length; i++) {
    made.index[i] = indexes[rows[i] as number] as number;
    made.startMs[i] = (made.startMs[i] as number) + shiftMs;
  }
  return made;
}
