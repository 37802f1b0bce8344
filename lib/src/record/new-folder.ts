import { accessSync, constants, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { RunInfo } from "./run-info.js";

/**
 * Makes the folder `<UTC time>-<name>` of a new run and gives its path, with a number behind it when it is taken: the
 * system decides who comes first when two runs start at once.
 * @throws the file system's own error.
 */
export function makeRunFolder(runsFolder: string, info: Pick<RunInfo, "name" | "startedAt">): string {
  const name = folderName(info);
  makeRunsFolder(runsFolder);
  for (let attempt = 1; ; attempt++) {
    const folder = join(runsFolder, attempt === 1 ? name : `${name}-${attempt}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

function folderName(info: Pick<RunInfo, "name" | "startedAt">): string {
  const time = new Date(info.startedAt).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `${time}-${safeName(info.name) || "run"}`;
}

/** What of a name can be in the name of a file on any system; "" where nothing of it can. */
export function safeName(name: string): string {
  return name
    .normalize("NFKD")
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .replaceAll(/\.{2,}/g, ".")
    .replaceAll(/^[-._]+|[-._]+$/g, "")
    .slice(0, 60);
}

/** Node says ENOENT of a read-only disk here, so the nearest folder that is there is asked for the real reason. */
function makeRunsFolder(runsFolder: string): void {
  try {
    mkdirSync(runsFolder, { recursive: true });
  } catch (error) {
    let existing = runsFolder;
    while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
    accessSync(existing, constants.W_OK);
    throw error;
  }
}
