import { totalsOf } from "../stats/ratios/round-metric.js";
import {
  bytesOfRow,
  type ComparedRound,
  type ComparedRounds,
  type PackedRound,
  type PackedRounds,
} from "./compared.js";

/** Reads what `packRounds` wrote, in a page as well as in Node. */
export async function unpackRounds({
  first,
  second,
  columns,
  ...facts
}: PackedRounds): Promise<ComparedRounds> {
  const bytes = await inflate(columns);
  const all = bytes.length / bytesOfRow;
  const durationsMs = new Float64Array(all);
  const callsOfRow = new Uint32Array(all);
  const secondOfRow = new Uint16Array(all);
  const view = new DataView(new ArrayBuffer(bytesOfRow));
  for (let row = 0; row < all; row++) {
    for (let weight = 0; weight < bytesOfRow; weight++)
      view.setUint8(weight, bytes[weight * all + row] as number);
    durationsMs[row] = view.getFloat64(0);
    callsOfRow[row] = view.getUint32(8);
    secondOfRow[row] = view.getUint16(12);
  }
  let from = 0;
  const withRows = ({ rows, callsPerSecond, ...round }: PackedRound): ComparedRound => {
    const own = {
      durationsMs: durationsMs.subarray(from, from + rows),
      callsOfRow: callsOfRow.subarray(from, from + rows),
      secondOfRow: secondOfRow.subarray(from, from + rows),
    };
    from += rows;
    const totals = totalsOf(own.durationsMs, own.callsOfRow);
    return { ...round, ...own, ...totals, callsPerSecond: callsPerSecond ?? Number.NaN };
  };
  return { ...facts, first: first.map(withRows), second: second.map(withRows) };
}

async function inflate(base64: string): Promise<Uint8Array> {
  const deflated = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
