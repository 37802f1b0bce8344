import { fileURLToPath } from "node:url";
import { requirePython } from "../../hosts/python/find.js";
import { pythonFolder } from "../../hosts/python/places.js";

/** How a client process is started: a program, its arguments, and the folder that it runs in. */
export interface ClientCommand {
  readonly command: readonly [string, ...string[]];
  /** Null for the folder of this process. */
  readonly cwd: string | null;
}

/**
 * By default V8 lets a heap grow up to fourfold before it collects all of it, which ten thousand callers make gigabytes of; with
 * twofold they call as often over REST, and over gRPC within what two runs differ by. It also collects on several threads, which
 * on the one processor that a client has take turns with the one that sends.
 */
const loadFlags = ["--heap-growing-percent=100", "--single-threaded-gc"] as const;

/** The client whose calls this library makes, on the Node at that path. */
export function nodeCommand(node: string, { isLoad }: { readonly isLoad: boolean }): ClientCommand {
  const main = fileURLToPath(new URL("../../../dist/experiment/clients/client-main.js", import.meta.url));
  return { command: [node, ...(isLoad ? loadFlags : []), main], cwd: null };
}

/** The client of Python's arms; a `missing-tool` error where the posts' stacks are not set up. */
export async function pythonCommand(): Promise<ClientCommand> {
  const { python } = await requirePython();
  return { command: [python, "-m", "calling"], cwd: pythonFolder };
}
