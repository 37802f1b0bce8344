import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** Path of the first of these programs that is on the PATH, or where Go installs to; null when there is none. */
export function findProgram(...names: readonly string[]): string | null {
  const folders = [...(process.env.PATH ?? "").split(delimiter), join(homedir(), "go", "bin")];
  const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return paths.find(canRun) ?? null;
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
