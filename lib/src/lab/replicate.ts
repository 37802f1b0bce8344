import { WirelabError } from "../errors.js";
import type { ArmChoice } from "../experiment/plan/plan-options.js";
import { findPython } from "../hosts/python/find.js";
import type { Run } from "../record/run.js";
import { showable, showableParts } from "../show/display.js";
import { escapeHtml } from "../show/html.js";
import { postStack } from "../verdicts/published/post-stack.js";
import { stackKind } from "../verdicts/stack.js";
import { loads } from "./load-tables.js";
import { type LabOptions, measure } from "./measure.js";
import { summary } from "./summary.js";

/**
 * What of a post's stack is measured.
 *
 * @example
 * const options: lab.ReplicateOptions = { calls: 1000, pairs: 3 };
 */
export interface ReplicateOptions extends Omit<LabOptions, "arms"> {
  /** Names of arms as the post's claims have them, or variations of them; default all of its stack. */
  readonly arms?: readonly (string | ArmChoice)[];
}

/**
 * A run in which a post's own stack takes part, or why there is none.
 *
 * @example
 * const { runs, missing }: lab.Replicated = await lab.replicate("003", { calls: 1000 });
 */
export interface Replicated {
  /** One run, or none; for `verdicts`, `published` and whatever else takes runs. */
  readonly runs: readonly Run[];
  /** Why there is none, a sentence; null where there is one. */
  readonly missing: string | null;
}

/**
 * Measures a post's own stack as `measure` does ours: its servers and clients in Python, under the names that its claims use.
 * Where Python is not set up, or the run in `source` is of another stack, there is no run and a sentence says why.
 *
 * @throws WirelabError `usage` for an option or an arm that cannot be
 * @example
 * const replicated = await lab.replicate("003", { calls: 1000, pairs: 3 });
 */
export async function replicate(post: string, { arms, ...options }: ReplicateOptions): Promise<Replicated> {
  const measured = await measureStack({ ...options, arms: postStack(post, arms) });
  if (typeof measured === "string") return notReplicated(measured);
  return replicated(measured, await (measured.info.load === null ? summary(measured) : loads(measured)));
}

/** Measures arms of which some are a post's own stack, or reads them; a sentence where that cannot be. */
export async function measureStack(options: LabOptions): Promise<Run | string> {
  const reads = options.source !== undefined && options.source !== "";
  if (!reads) {
    const python = await findPython();
    if (python.kind === "missing") {
      return `The post's own stack was not run, because ${python.reason}: to have it beside ours, ${python.advice}.`;
    }
  }
  const none = "The source has no run of the post's own stack";
  try {
    const run = await measure(options);
    return stackKind(run.info) === "ported" ? `${none}.` : run;
  } catch (error) {
    // A folder of runs that was measured where Python was not set up.
    if (!reads || !(error instanceof WirelabError) || error.code !== "usage") throw error;
    return `${none} for this: ${error.message}`;
  }
}

/** Shows the run, and below it what was made of it. */
export function replicated(run: Run, made: object): Replicated {
  return showableParts({ runs: [run], missing: null }, [run, made]);
}

/** Shows why there is no run. */
export function notReplicated(missing: string): Replicated {
  return showable(
    { runs: [], missing },
    { html: () => `<p>${escapeHtml(missing)}</p>`, text: () => missing },
  );
}
