import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot as thisProject } from "../../root.js";

/** Where the Python side of the project lies. */
export function pythonPlaces(projectRoot: string) {
  const folder = join(projectRoot, "servers", "python");
  return {
    /** What `python -m serving` is run in. */
    folder,
    requirements: join(folder, "requirements.txt"),
    protoFolder: join(projectRoot, "proto"),
    /** gRPC's code, made of `proto/`. */
    generated: join(folder, "generated"),
    /** Holds the digest of what was set up, once all of it is. */
    marker: join(projectRoot, ".venv", "wirelab-stacks"),
  };
}

/** What of the project's Python is run is run in here. */
export const pythonFolder: string = pythonPlaces(thisProject).folder;

/** Digest of all that a setup is made from: another one means that it has to be made again. */
export function setupDigest(projectRoot: string): string {
  const { requirements, protoFolder } = pythonPlaces(projectRoot);
  const hash = createHash("sha256").update(readFileSync(requirements));
  for (const name of protoNames(projectRoot)) hash.update(name).update(readFileSync(join(protoFolder, name)));
  return hash.digest("hex");
}

/** The contracts' file names. */
export function protoNames(projectRoot: string): readonly string[] {
  return readdirSync(pythonPlaces(projectRoot).protoFolder)
    .filter((name) => name.endsWith(".proto"))
    .sort();
}
