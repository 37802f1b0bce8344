import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The path of what says that it is Node 99 and runs as this one does, or that cannot run anything. */
export function anotherNode(folder: string, { runs }: { readonly runs: boolean }): string {
  const path = join(folder, "node-99");
  const start = runs ? `exec ${process.execPath} "$@"` : "exit 3";
  writeFileSync(path, `#!/bin/sh\nif [ "$1" = -p ]; then echo v99.1.0 13.0; else ${start}; fi\n`);
  chmodSync(path, 0o755);
  return path;
}
