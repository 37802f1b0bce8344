import { openRun, type Run } from "../../record/run.js";

/** How a run that cannot finish ends, and what was kept of it. */
export async function failedRun(running: Promise<Run>) {
  const failure = await running.then(
    () => Promise.reject(new Error("it finished")),
    (error) => error,
  );
  const kept = await openRun(/are in (\S+); /.exec(failure.message)?.[1] as string);
  return { failure, kept, calls: await kept.calls() };
}
