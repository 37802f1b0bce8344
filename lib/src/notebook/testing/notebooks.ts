import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { type Cell, type CodeCell, formatNotebook, type Notebook, type Output } from "../cells/ipynb.js";

/** The project's root, seen from this file. */
export const projectRoot = fileURLToPath(new URL("../../../../", import.meta.url));

let nextId = 0;

/** A prose cell. */
export function prose(source: string): Cell {
  return { cell_type: "markdown", id: `m${nextId++}`, metadata: {}, source };
}

/** A code cell with outputs, or without. */
export function code(source: string, { id, tags, outputs = [] }: Partial<CodeParts> = {}): CodeCell {
  const metadata = tags === undefined ? {} : { tags };
  return { cell_type: "code", id: id ?? `c${nextId++}`, metadata, execution_count: null, outputs, source };
}

interface CodeParts {
  readonly id: string;
  readonly tags: string[];
  readonly outputs: Output[];
}

/** A notebook of these cells. */
export function notebookOf(...cells: Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec: { name: "tslab" } }, cells };
}

/** An output that shows HTML. */
export function shows(markup: string): Output {
  return { output_type: "display_data", data: { "text/html": markup }, metadata: {} };
}

/** A folder outside the project whose notebooks find the project's packages; removed when the test ends. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "wirelab-notebooks-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await symlink(join(projectRoot, "node_modules"), join(folder, "node_modules"), "junction");
  return folder;
}

/** Writes notebooks into a temporary folder; returns the folder. */
export async function writeNotebooks(notebooks: Readonly<Record<string, Notebook>>): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "notebooks"));
  for (const [name, notebook] of Object.entries(notebooks)) {
    await writeFile(join(folder, "notebooks", `${name}.ipynb`), formatNotebook(notebook));
  }
  return folder;
}
