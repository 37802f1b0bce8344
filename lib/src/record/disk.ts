import { writeSync } from "node:fs";
import type { RoundPart } from "./calls.js";
import type { WriteSome } from "./log/log.js";
import { writeParquet } from "./parquet/parquet-write.js";
import type { RunInfo } from "./run-info.js";
import { type ParquetProof, writeRunFile } from "./run-json.js";

/** Everything that a run's writer does to the disk and that can fail there; a test gives one that fails. */
export interface Disk {
  readonly write: WriteSome;
  readonly writeRunFile: (folder: string, info: RunInfo, parquet: ParquetProof | null) => void;
  readonly writeParquet: (
    path: string,
    parts: () => Iterable<RoundPart>,
    options: { readonly warmFromBlock: readonly number[] },
  ) => Promise<number>;
}

/** The disk itself. */
export const realDisk: Disk = { write: writeSync, writeRunFile, writeParquet };

/** What went wrong with the disk, in a few words: the system's code where there is one. */
export function diskReason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  const known: Record<string, string> = {
    ENOSPC: "the disk is full",
    EDQUOT: "the disk quota is used up",
    EROFS: "the disk is read-only",
    EACCES: "there is no permission to write there",
    EPERM: "there is no permission to write there",
  };
  if (code !== undefined) return `${known[code] ?? "the system refused"}, ${code}`;
  return error instanceof Error ? error.message : String(error);
}
