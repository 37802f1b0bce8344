import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { childEnvironment } from "wirelab/dist/hosts/child-environment.js";
import { pinned } from "wirelab/dist/hosts/processor.js";
import { requirePython } from "wirelab/dist/hosts/python/find.js";
import type { BareLoop } from "./bare-loops.js";

const script = fileURLToPath(new URL("../../tools/bare_calls.py", import.meta.url));

/** A client of Python's that the lab is held against. */
export type PythonLibrary = "requests-session" | "grpcio";

/** Starts a bare loop around a library of Python, in a process of its own; it ends when its input closes. */
export async function startBarePython(
  library: PythonLibrary,
  address: string,
  { processor, signal }: { readonly processor: number | null; readonly signal: AbortSignal },
): Promise<BareLoop & { stop(): Promise<void> }> {
  const { python } = await requirePython();
  const [command = "", ...args] = pinned([python, "-E", script, library, address], processor);
  const child = spawn(command, args, { env: childEnvironment(), stdio: ["pipe", "pipe", "inherit"], signal });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  // An interrupt is told by the row; how it ended, by the answer that does not come.
  child.on("error", () => {});
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout });
  const noMore = ended.then(() => {
    throw new Error(`bare_calls.py ended with exit code ${child.exitCode}`);
  });
  noMore.catch(() => {});
  return {
    async run(calls) {
      const answered = once(lines, "line") as Promise<[string]>;
      child.stdin.write(`${calls}\n`);
      const [line] = await Promise.race([answered, noMore]);
      return Float64Array.from(JSON.parse(line) as number[], (ns) => ns / 1e6);
    },
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
