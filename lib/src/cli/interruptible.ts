import { explain } from "./failure.js";

/** `npm` passes on a Ctrl-C that the terminal has already delivered: what comes within this time is the same one. */
const sameInterruptMs = 1000;

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Does work that Ctrl-C ends: the first one aborts `signal` and lets the work wind up, another ends this process at
 * once. Gives 130 (143 for SIGTERM) when it was interrupted, also if winding up failed, and else what `work` gives.
 */
export async function interruptible(work: (signal: AbortSignal) => Promise<number>): Promise<number> {
  const controller = new AbortController();
  let first: { readonly atMs: number; readonly exitCode: number } | null = null;
  const interrupt = (name: NodeJS.Signals) => {
    if (first === null) {
      first = { atMs: performance.now(), exitCode: exitCodes[name as keyof typeof exitCodes] };
      controller.abort();
    } else if (performance.now() - first.atMs > sameInterruptMs) {
      process.exit(first.exitCode);
    }
  };
  const interruptedWith = () => (first as { exitCode: number } | null)?.exitCode ?? null;
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  try {
    const exitCode = await work(controller.signal);
    return interruptedWith() ?? exitCode;
  } catch (error) {
    const exitCode = interruptedWith();
    if (exitCode === null) throw error;
    process.stderr.write(`${explain(error)}\n`);
    return exitCode;
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}
