import type { Subject } from "../../analysis/runs/across-runs.js";
import { sharesProcess } from "../../hosts/host.js";
import { differentQuestion, type KnownRun } from "./run-differences.js";

/** What a reader lets pass between two runs. */
export interface Leniency {
  /** Whether a verdict is wanted although the runs asked different things. */
  readonly differentQuestions: boolean;
}

/** That one process was client and server of a run, which decides nothing, as the end of a sentence; "" where it was not so. */
export function whyOneProcess({ label, info }: KnownRun): string {
  return info !== null && sharesProcess(info.host)
    ? `in ${label} one process was client and server, so it decides nothing`
    : "";
}

/** Why nothing may be concluded from how a number differs between two runs, as the end of a sentence; "" where something may. */
export function whyNoVerdict(
  baseline: KnownRun,
  run: KnownRun,
  { arm, per }: Pick<Subject, "arm" | "per">,
  { differentQuestions }: Leniency,
): string {
  const alone = whyOneProcess(baseline) || whyOneProcess(run);
  if (alone !== "") return alone;
  const asked = differentQuestions ? [] : differentQuestion(baseline, run, per === null ? [arm] : [arm, per]);
  return asked.length === 0 ? "" : `the two answer different questions (${asked.join("; ")})`;
}
