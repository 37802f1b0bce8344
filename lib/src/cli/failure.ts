import { WirelabError } from "../errors.js";
import { harmlessLines } from "../show/harmless.js";

/** Exit status of an error: 2 for what should be asked for otherwise, 1 for everything else. */
export function exitCodeOf(error: unknown): number {
  return error instanceof WirelabError && ["usage", "beyond-machine"].includes(error.code) ? 2 : 1;
}

/**
 * An error for a person at a terminal: a `WirelabError` is its own sentence; anything else was not foreseen, so it says
 * how to see the stack. With `WIRELAB_DEBUG=1` the stack comes along.
 */
export function explain(error: unknown, environment: NodeJS.ProcessEnv = process.env): string {
  const debug = environment.WIRELAB_DEBUG === "1";
  const message = harmlessLines(error instanceof Error ? error.message : String(error));
  const stack = debug && error instanceof Error ? `\n${withCause(error)}` : "";
  if (error instanceof WirelabError) return message + stack;
  const advice = debug ? "" : " Set WIRELAB_DEBUG=1 to see where.";
  return `Something unforeseen went wrong: ${firstLine(message)}.${advice}${stack}`;
}

/** The first line of a message, as a part of a sentence. */
export function firstLine(message: string): string {
  return (message.split("\n")[0] ?? "").trim().replace(/\.$/, "") || "no reason was given";
}

function withCause(error: Error): string {
  const cause = error.cause instanceof Error ? `\nCaused by ${withCause(error.cause)}` : "";
  return `${error.stack ?? error.message}${cause}`;
}
