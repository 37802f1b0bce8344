import { deflateRawSync } from "node:zlib";
import { bytesOfRow, type ComparedRound, type ComparedRounds, type PackedRounds } from "./compared.js";

/**
 * Writes rounds as text that `unpackRounds` reads back to the last bit. Bytes of the same weight stand together, since those of
 * the exponent are all alike and deflate then hardly counts them: 5 to 7 bytes a call as text.
 *
 * @example
 * const again = await unpackRounds(packRounds(rounds));
 */
export function packRounds({ first, second, seed, fresh, oneProcess }: ComparedRounds): PackedRounds {
  return {
    first: first.map(withoutRows),
    second: second.map(withoutRows),
    seed,
    fresh,
    oneProcess,
    columns: deflateRawSync(bytesByWeight([...first, ...second])).toString("base64"),
  };
}

function withoutRows({ pair, block, warm, durationsMs, elapsedMs, callsPerSecond, noRate }: ComparedRound) {
  return {
    pair,
    block,
    warm,
    rows: durationsMs.length,
    elapsedMs,
    callsPerSecond: Number.isNaN(callsPerSecond) ? null : callsPerSecond,
    noRate,
  };
}

function bytesByWeight(rounds: readonly ComparedRound[]): Uint8Array {
  const rows = rounds.reduce((sum, { durationsMs }) => sum + durationsMs.length, 0);
  const bytes = new Uint8Array(rows * bytesOfRow);
  const view = new DataView(new ArrayBuffer(bytesOfRow));
  let row = 0;
  for (const { durationsMs, callsOfRow, secondOfRow } of rounds) {
    for (let i = 0; i < durationsMs.length; i++, row++) {
      view.setFloat64(0, durationsMs[i] as number);
      view.setUint32(8, callsOfRow[i] as number);
      view.setUint16(12, secondOfRow[i] as number);
      for (let weight = 0; weight < bytesOfRow; weight++) bytes[weight * rows + row] = view.getUint8(weight);
    }
  }
  return bytes;
}
