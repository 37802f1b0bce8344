import { type ErrorCode, WirelabError } from "../errors.js";
import type { Run } from "../record/run.js";

/** Ends a run that somebody interrupts. */
export class Interrupted extends Error {
  constructor() {
    super("it was interrupted");
  }
}

/** A run that ended before its plan was carried out: why, and in `run` what was measured until then. */
export class StoppedRun extends WirelabError {
  readonly run: Run;

  constructor(run: Run, { calls, cause }: { readonly calls: number; readonly cause: unknown }) {
    const where = run.folder === null ? "in memory only" : `in ${run.folder}`;
    super(
      codeOf(cause),
      `The run stopped early: ${reasonOf(cause)}. The ${calls} calls finished so far are ${where}; open() and wirelab summary read them.`,
      { cause },
    );
    this.run = run;
  }
}

/** Why a run ended early, as the end of a sentence. */
export function reasonOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, "");
}

function codeOf(cause: unknown): ErrorCode {
  if (cause instanceof WirelabError) return cause.code;
  return cause instanceof Interrupted ? "interrupted" : "server-failed";
}
