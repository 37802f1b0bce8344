/**
 * The one binary framing of the project, in the log of a run and on the pipe between driver and client process.
 *
 * | bytes | content |
 * |---|---|
 * | 4 | magic: 0x89 "WL1" |
 * | 4 | header length h, unsigned, little-endian, at most 1 MiB |
 * | 4 | body length b, unsigned, little-endian, at most 256 MiB |
 * | h | header: one JSON object in UTF-8 |
 * | b | body: whatever the header says |
 * | 4 | CRC-32 (IEEE 802.3, as zlib's `crc32`) of header and body together, unsigned, little-endian |
 *
 * In Python: `b"\x89WL1" + struct.pack("<II", len(h), len(b)) + h + b + struct.pack("<I", zlib.crc32(h + b))`.
 */
import { crc32 } from "node:zlib";
import { ByteQueue } from "./byte-queue.js";

const magic = Uint8Array.of(0x89, 0x57, 0x4c, 0x31);
const prefixBytes = 12;
const checksumBytes = 4;

/** Longest header that is written or believed, in bytes. */
export const maxHeaderBytes: number = 1024 * 1024;
/** Longest body that is written or believed, in bytes. */
export const maxBodyBytes: number = 256 * 1024 * 1024;

/** One frame: a JSON object and the bytes that it describes. */
export interface Frame {
  readonly header: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

/** A stretch of a stream that holds no whole frame. */
export interface Damage {
  readonly kind: "damaged";
  /** Where it begins, in bytes from the start of the stream. */
  readonly offset: number;
  readonly lengthBytes: number;
  readonly reason: string;
}

/** What a reader found next in a stream. */
export type FrameResult =
  | {
      readonly kind: "frame";
      readonly offset: number;
      readonly lengthBytes: number;
      readonly frame: Frame;
    }
  | Damage;

/**
 * Writes one frame as bytes.
 * @throws RangeError when header or body is longer than the format allows.
 */
export function encodeFrame(header: object, body: Uint8Array = new Uint8Array(0)): Uint8Array {
  const headerBytes = new TextEncoder().encode(JSON.stringify(header));
  if (headerBytes.length > maxHeaderBytes)
    throw new RangeError(`frame header of ${headerBytes.length} bytes`);
  if (body.length > maxBodyBytes) throw new RangeError(`frame body of ${body.length} bytes`);
  const bodyStart = prefixBytes + headerBytes.length;
  const frame = new Uint8Array(bodyStart + body.length + checksumBytes);
  const view = new DataView(frame.buffer);
  frame.set(magic, 0);
  view.setUint32(4, headerBytes.length, true);
  view.setUint32(8, body.length, true);
  frame.set(headerBytes, prefixBytes);
  frame.set(body, bodyStart);
  const end = bodyStart + body.length;
  view.setUint32(end, crc32(frame.subarray(prefixBytes, end)), true);
  return frame;
}

/**
 * Finds the frames in a stream of bytes that comes in pieces, going on behind what is damaged.
 *
 * Reading never throws: bytes that are no whole frame are results of kind `damaged`, and the search continues at the next
 * magic after where the damaged one began, so a wrong length costs no more frames than it must.
 */
export class FrameReader {
  readonly #queue = new ByteQueue();
  #offset = 0;

  /** Takes the next bytes of the stream and gives every frame that is now complete. */
  push(chunk: Uint8Array): FrameResult[] {
    this.#queue.append(chunk);
    return this.#drain(false);
  }

  /** Says that the stream is over; what is left becomes damage, or frames that a wrong length had hidden. */
  end(): FrameResult[] {
    return this.#drain(true);
  }

  #drain(atEnd: boolean): FrameResult[] {
    const results: FrameResult[] = [];
    for (;;) {
      const bytes = this.#queue.bytes;
      const step = readFrame(bytes);
      if (step.kind === "incomplete" && (!atEnd || bytes.length === 0)) return results;
      if (step.kind === "frame") {
        const { frame, lengthBytes } = step;
        results.push({ kind: "frame", offset: this.#offset, lengthBytes, frame });
        this.#skip(lengthBytes);
      } else {
        const lengthBytes = nextStart(bytes, 1);
        addDamage(results, { kind: "damaged", offset: this.#offset, lengthBytes, reason: step.reason });
        this.#skip(lengthBytes);
      }
    }
  }

  #skip(count: number): void {
    this.#queue.drop(count);
    this.#offset += count;
  }
}

/** Appends damage to results, as one stretch with the damage that ends where it begins. */
export function addDamage(results: (FrameResult | Damage)[], damage: Damage): void {
  const last = results.at(-1);
  if (last?.kind === "damaged" && last.offset + last.lengthBytes === damage.offset) {
    results[results.length - 1] = { ...last, lengthBytes: last.lengthBytes + damage.lengthBytes };
  } else {
    results.push(damage);
  }
}

type Step =
  | { readonly kind: "frame"; readonly frame: Frame; readonly lengthBytes: number }
  | { readonly kind: "incomplete"; readonly reason: string }
  | { readonly kind: "damaged"; readonly reason: string };

function readFrame(bytes: Uint8Array): Step {
  if (!startsLikeFrame(bytes, 0)) return { kind: "damaged", reason: "these bytes are not a frame" };
  if (bytes.length < prefixBytes) return { kind: "incomplete", reason: "the frame is cut off" };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerLength = view.getUint32(4, true);
  const bodyLength = view.getUint32(8, true);
  if (headerLength > maxHeaderBytes || bodyLength > maxBodyBytes) {
    return { kind: "damaged", reason: "the frame's lengths are beyond the limit" };
  }
  const bodyStart = prefixBytes + headerLength;
  const end = bodyStart + bodyLength;
  if (bytes.length < end + checksumBytes) return { kind: "incomplete", reason: "the frame is cut off" };
  if (crc32(bytes.subarray(prefixBytes, end)) !== view.getUint32(end, true)) {
    return { kind: "damaged", reason: "the frame's checksum does not match" };
  }
  const header = parseHeader(bytes.subarray(prefixBytes, bodyStart));
  if (header === null) return { kind: "damaged", reason: "the frame's header is not a JSON object" };
  // A copy: the queue reuses its storage, and columns need a body that starts aligned.
  const frame = { header, body: bytes.slice(bodyStart, end) };
  return { kind: "frame", frame, lengthBytes: end + checksumBytes };
}

function parseHeader(bytes: Uint8Array): Frame["header"] | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return value as Frame["header"];
  } catch {
    return null;
  }
}

/** True when the bytes from `at` on are the magic, or as much of it as there is. */
function startsLikeFrame(bytes: Uint8Array, at: number): boolean {
  const count = Math.min(magic.length, bytes.length - at);
  for (let i = 0; i < count; i++) if (bytes[at + i] !== magic[i]) return false;
  return true;
}

function nextStart(bytes: Uint8Array, from: number): number {
  for (let i = bytes.indexOf(0x89, from); i !== -1; i = bytes.indexOf(0x89, i + 1)) {
    if (startsLikeFrame(bytes, i)) return i;
  }
  return bytes.length;
}
