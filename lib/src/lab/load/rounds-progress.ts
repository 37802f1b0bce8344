import type { Progress } from "../../experiment/progress.js";

/** How far a load is: its rounds all last as long as each other, and what warms up before them hardly any time. */
export function inRounds(
  progress: Progress,
  { rounds, arms }: { readonly rounds: number; readonly arms: number },
): Progress {
  const total = rounds * arms;
  const done = progress.done - (progress.total - total);
  if (done <= 0) return { ...progress, done: 0, total, phase: "warming up" };
  return { ...progress, done, total, phase: `round ${Math.ceil(done / arms)} of ${rounds}` };
}
