import { closeSync, openSync, readSync, writeSync } from "node:fs";
import type { RoundPart } from "../calls.js";
import { addDamage, type Damage, FrameReader, type FrameResult } from "./frame.js";
import { decodeRoundPart } from "./round-part.js";

const readChunkBytes = 128 * 1024;

/** Writes some of `bytes` to an open file and says how many; what `fs.writeSync` does. */
export type WriteSome = (fileDescriptor: number, bytes: Uint8Array) => number;

/** An open log: frames are appended, never changed. */
export interface Log {
  /** Hands the frame to the operating system before it returns, so that a kill of this process loses nothing of it. */
  append(frame: Uint8Array): void;
  close(): void;
}

/**
 * Opens a log for appending, and makes it if it is not there. `write` is for tests of a disk that fails.
 * @throws the file system's own error, also from `append`.
 */
export function openLog(path: string, write: WriteSome = writeSync): Log {
  const fileDescriptor = openSync(path, "a");
  return {
    append(frame) {
      for (let done = 0; done < frame.length; ) done += write(fileDescriptor, frame.subarray(done));
    },
    close() {
      closeSync(fileDescriptor);
    },
  };
}

/** A part of a round, or a stretch of the log that holds none. */
export type LogItem = { readonly kind: "part"; readonly offset: number; readonly part: RoundPart } | Damage;

/**
 * Reads a log from front to end without holding more than one stretch of it in memory.
 * @throws the file system's own error.
 */
export function* readLogItems(path: string): Generator<LogItem, void, undefined> {
  const fileDescriptor = openSync(path, "r");
  try {
    const reader = new FrameReader();
    const chunk = new Uint8Array(readChunkBytes);
    for (;;) {
      const count = readSync(fileDescriptor, chunk);
      const results = count === 0 ? reader.end() : reader.push(chunk.subarray(0, count));
      for (const result of results) yield toItem(result);
      if (count === 0) return;
    }
  } finally {
    closeSync(fileDescriptor);
  }
}

/** What a log holds: its whole parts in order, and what was cut off or damaged. */
export interface LogContents {
  readonly parts: readonly RoundPart[];
  readonly damage: readonly Damage[];
}

/**
 * Reads a whole log; damage never throws, and what lies behind it is found again where possible.
 * @throws the file system's own error.
 */
export function readLog(path: string): LogContents {
  const parts: RoundPart[] = [];
  const damage: Damage[] = [];
  for (const item of readLogItems(path)) {
    if (item.kind === "part") parts.push(item.part);
    else addDamage(damage, item);
  }
  return { parts, damage };
}

function toItem(result: FrameResult): LogItem {
  if (result.kind === "damaged") return result;
  const { offset, lengthBytes } = result;
  const decoded = decodeRoundPart(result.frame);
  if (decoded.kind === "part") return { kind: "part", offset, part: decoded.part };
  return { kind: "damaged", offset, lengthBytes, reason: decoded.reason };
}
