import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import type { ParquetProof } from "../run-json.js";

/** Path of the log that a run folder has while the run goes on. */
export function logPath(folder: string): string {
  return join(folder, "calls.log");
}

/** Path of the compacted calls that a run folder has afterwards. */
export function parquetPath(folder: string): string {
  return join(folder, "calls.parquet");
}

/** What `run.json` is to vouch for; the file's bytes go through the checksum a stretch at a time. */
export function proveParquet(path: string, rows: number): ParquetProof {
  return { rows, sizeBytes: statSync(path).size, crc32: crc32OfFile(path) };
}

/** Why the file is not the one that `run.json` vouches for; null when it is. */
export function parquetProblem(path: string, proof: ParquetProof): string | null {
  if (!existsSync(path)) return "it is missing";
  const { size } = statSync(path);
  if (size !== proof.sizeBytes) return `it has ${size} bytes instead of ${proof.sizeBytes}`;
  return crc32OfFile(path) === proof.crc32 ? null : "its checksum does not match";
}

function crc32OfFile(path: string): number {
  const fileDescriptor = openSync(path, "r");
  try {
    const chunk = new Uint8Array(1024 * 1024);
    let checksum = 0;
    for (;;) {
      const count = readSync(fileDescriptor, chunk);
      if (count === 0) return checksum;
      checksum = crc32(chunk.subarray(0, count), checksum);
    }
  } finally {
    closeSync(fileDescriptor);
  }
}
