import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { projectRoot } from "../../root.js";
import type { Environment, PythonInfo } from "../run-info.js";

// What takes part in a call on either side of it.
const packageNames = ["express", "@grpc/grpc-js", "@grpc/proto-loader", "protobufjs", "undici"];

const libFolder = join(projectRoot, "lib");
const packageFile = z.object({ version: z.string() });

/**
 * Describes the machine and the software that a run is measured with.
 *
 * `python` is the one that takes part in it, if one does. `memoryBytes` is what this process may use, which a container can limit; `packages` leaves out what is not installed;
 * git is that of the lab itself, null where it has no repository or there is no git. Never throws.
 */
export function readEnvironment(python: PythonInfo | null = null): Environment {
  return {
    cpu: cpus()[0]?.model.trim() || `unknown ${arch()} processor`,
    cores: availableParallelism(),
    memoryBytes: memoryBytes(),
    os: operatingSystem(),
    node: process.version,
    v8: process.versions.v8,
    packages: readPackages(),
    python,
    ...readGit(),
  };
}

function memoryBytes(): number {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}

function operatingSystem(): string {
  const kernel = `${type()} ${release()} ${arch()}`;
  const name = /^PRETTY_NAME="?([^"\n]+)"?$/m.exec(readText("/etc/os-release"))?.[1];
  return name === undefined ? kernel : `${name}, ${kernel}`;
}

function readPackages(): Record<string, string> {
  const packages: Record<string, string> = {};
  const own = versionIn(libFolder);
  if (own !== null) packages.wirelab = own;
  for (const name of packageNames) {
    const version = installedVersion(name);
    if (version !== null) packages[name] = version;
  }
  return packages;
}

/** The version that the lab or, for what only the servers need, the servers would load. */
function installedVersion(name: string): string | null {
  const fromLab = createRequire(join(libFolder, "package.json"));
  const servers = packageFolder(fromLab, "@wirelab/servers");
  const lookups = servers === null ? [fromLab] : [fromLab, createRequire(join(servers, "package.json"))];
  for (const lookup of lookups) {
    const folder = packageFolder(lookup, name);
    if (folder !== null) return versionIn(folder);
  }
  return null;
}

/** Where a package lies; by its folder, because many packages do not export their package.json. */
function packageFolder(lookup: NodeJS.Require, name: string): string | null {
  const folders = (lookup.resolve.paths(name) ?? []).map((folder) => join(folder, name));
  return folders.find((folder) => existsSync(join(folder, "package.json"))) ?? null;
}

function versionIn(folder: string): string | null {
  try {
    return packageFile.parse(JSON.parse(readText(join(folder, "package.json")))).version;
  } catch {
    return null;
  }
}

function readGit(): Pick<Environment, "gitCommit" | "gitDirty"> {
  const gitCommit = git("rev-parse", "HEAD");
  const changes = gitCommit === null ? null : git("status", "--porcelain");
  return { gitCommit, gitDirty: changes === null ? null : changes !== "" };
}

function git(...args: string[]): string | null {
  try {
    return execFileSync("git", args, {
      cwd: libFolder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      timeout: 10_000,
    }).trim();
  } catch {
    return null;
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
