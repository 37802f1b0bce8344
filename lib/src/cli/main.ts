import { CommanderError } from "commander";
import { exitCodeOf, explain } from "./failure.js";
import { createProgram } from "./program.js";

/** The `wirelab` command: every failure is a sentence on standard error and an exit status, never a bare stack trace. */
async function main(argv: readonly string[]): Promise<void> {
  process.once("uncaughtException", fail);
  process.once("unhandledRejection", fail);
  // A reader such as `head` that has seen enough is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit();
    throw error;
  });
  try {
    await createProgram().parseAsync([...argv], { from: "user" });
  } catch (error) {
    // Commander has written its own sentence, or the help.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else fail(error);
  }
}

function fail(error: unknown): void {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = exitCodeOf(error);
}

await main(process.argv.slice(2));
