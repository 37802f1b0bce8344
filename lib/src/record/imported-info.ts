import { z } from "zod";

/** How exact the numbers of a file are, and what its durations hold. */
export interface Exactness {
  /** Which end of a call its time marks: `none` where it has no time. */
  readonly clock: "start" | "end" | "none";
  /** Its times are rounded to so many ms; null without any. */
  readonly clockStepMs: number | null;
  /** Its durations are rounded to so many ms; 0 where they are not. */
  readonly durationStepMs: number;
  /** From where to where a call is timed, as the end of "a call is timed …". */
  readonly covers: string;
}

/** A file of another tool that a run was made of. */
export interface ImportedFile extends Exactness {
  /** Its name, without the folder. */
  readonly file: string;
  readonly sizeBytes: number;
  /** Of the file as it lies on the disk. */
  readonly sha256: string;
  readonly tool: string;
  /** Of the tool, as far as somebody said it: no such file tells. */
  readonly version: string | null;
  /** What people call such a file. */
  readonly format: string;
  readonly calls: number;
  /** From its first call's start to its last one's end, on the run's clock; null without times. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
}

/**
 * Where the calls of a run come from that the lab did not make: each file stands as a pair, and slices of its time as blocks,
 * or without times twentieths of an arm's calls.
 */
export interface ImportedInfo {
  readonly files: readonly ImportedFile[];
  /** Null where no file has times. */
  readonly sliceMs: number | null;
}

const count = z.number().int().min(0);

/** What `run.json` holds of it. */
export const importedSchema = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      sizeBytes: count,
      sha256: z.string(),
      tool: z.string(),
      version: z.string().nullable(),
      format: z.string(),
      clock: z.enum(["start", "end", "none"]),
      clockStepMs: z.number().min(0).nullable(),
      durationStepMs: z.number().min(0),
      covers: z.string(),
      calls: count,
      span: z.object({ fromMs: z.number(), toMs: z.number() }).nullable(),
    }),
  ),
  sliceMs: z.number().positive().nullable(),
});

/** A clock whose steps are a larger share of a file's time than this says little of how fast calls came. */
const coarseClock = 0.05;

/** Why a file's calls have no rate, as the end of a sentence; null where they have one. */
export function whyNoRate({ files }: ImportedInfo, pair: number): string | null {
  const file = files[pair];
  if (file?.span == null) return "its file does not tell when calls were made";
  const { clockStepMs, span } = file;
  return (clockStepMs ?? 0) <= coarseClock * (span.toMs - span.fromMs)
    ? null
    : `its file's clock goes in steps of ${clockStepMs} ms, which are too long for so few calls`;
}

/** In how many seconds the calls of a block ended: from the arm's block before it, if any, to its own end. */
export function sliceSeconds(
  { files, sliceMs }: ImportedInfo,
  { pair, block, before }: { readonly pair: number; readonly block: number; readonly before: number | null },
): number {
  const span = files[pair]?.span ?? null;
  if (span === null || sliceMs === null) return Number.NaN;
  const beginMs = (before === null ? block : before + 1) * sliceMs;
  return (Math.min((block + 1) * sliceMs, span.toMs - span.fromMs) - beginMs) / 1000;
}
