import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { WirelabError } from "../errors.js";

/** A Node that processes of a run can be started with instead of this one. */
export interface NodeExecutable {
  /** Absolute path, or a name on the PATH. */
  readonly path: string;
  /** Like `v24.11.0`. */
  readonly version: string;
  readonly v8: string;
}

/** How long an executable may take to say its version. */
const timeoutMs = 20_000;

/** Asks the executable at that path which Node it is; one that is none is a `usage` error. */
export function readNode(path: string): NodeExecutable {
  try {
    const [version, v8] = execFileSync(path, ["-p", "process.version + ' ' + process.versions.v8"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: timeoutMs,
    })
      .trim()
      .split(" ");
    if (version !== undefined && v8 !== undefined && /^v\d+\./.test(version)) return { path, version, v8 };
  } catch {
    // Whatever is there, it is no Node.
  }
  throw new WirelabError("usage", `${path} is not a Node that can be run: give the path of one.`);
}

/**
 * The Node of the npm package `node`, where the project has it (`npm install --no-save node@24`); null where it has not, or
 * its program is not there.
 */
export function nodeOfPackage(from: string): NodeExecutable | null {
  try {
    return readNode(createRequire(from).resolve("node/bin/node"));
  } catch {
    return null;
  }
}
