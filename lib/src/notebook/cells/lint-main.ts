import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { WirelabError } from "../../errors.js";
import { type Notebook, readNotebook } from "./ipynb.js";
import { type LintProblem, lintNotebook } from "./lint.js";
import { typeCheckNotebooks } from "./type-check.js";

/** Checks notebooks and folders of notebooks; prints one line a problem and returns the exit status. */
export async function lintMain(paths: readonly string[], print: (line: string) => void): Promise<number> {
  if (paths.length === 0) {
    print("Usage: lint-main.js FOLDER_OR_NOTEBOOK...");
    return 2;
  }
  const problems: LintProblem[] = [];
  const read: { file: string; notebook: Notebook }[] = [];
  for (const file of (await Promise.all(paths.map(notebooksIn))).flat()) {
    try {
      read.push({ file, notebook: await readNotebook(file) });
    } catch (error) {
      if (!(error instanceof WirelabError)) throw error;
      problems.push({ file, cell: 0, line: 0, message: error.message });
    }
  }
  problems.push(...read.flatMap(({ file, notebook }) => lintNotebook(file, notebook)));
  // A cell that breaks a rule above often fails to type-check as well; one complaint a cell is enough.
  const sound = read.filter(
    ({ file }) => !problems.some((problem) => problem.file === file && problem.line > 0),
  );
  if (sound.length > 0) problems.push(...typeCheckNotebooks(sound));
  for (const problem of problems) print(format(problem));
  return problems.length === 0 ? 0 : 1;
}

function format({ file, cell, line, message }: LintProblem): string {
  const where = [cell > 0 ? `cell ${cell}` : "", line > 0 ? `line ${line}` : ""].filter(
    (part) => part !== "",
  );
  return [file, ...where].join(", ").concat(": ", message);
}

async function notebooksIn(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isDirectory()) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => name.endsWith(".ipynb"))
    .sort()
    .map((name) => join(path, name));
}

if (
  process.argv[1] !== undefined &&
  import.meta.url.endsWith("/lint-main.js") &&
  process.argv[1].endsWith("lint-main.js")
) {
  process.exitCode = await lintMain(process.argv.slice(2), console.error);
}
