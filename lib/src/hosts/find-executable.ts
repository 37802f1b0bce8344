import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a program is looked for. */
export interface ProgramPlaces {
  /** Folders as in the variable; default: the PATH. */
  readonly path?: string;
  /** Folders after those. */
  readonly folders?: readonly string[];
}

/** Path of the first of these programs that is found and can be run; null when there is none. */
export function findProgram(
  names: readonly string[],
  { path = process.env.PATH ?? "", folders = [] }: ProgramPlaces = {},
): string | null {
  const all = [...path.split(delimiter), ...folders];
  return names.flatMap((name) => all.map((folder) => join(folder, name))).find(canRun) ?? null;
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
