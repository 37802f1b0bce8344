import { readFile, rename, writeFile } from "node:fs/promises";
import { z } from "zod";
import { WirelabError } from "../../errors.js";

/** nbformat writes long text as a list of lines; in memory it is one string. */
const text = z.union([z.string(), z.array(z.string()).transform((lines) => lines.join(""))]);

const record = z.record(z.string(), z.unknown());

const cellMetadata = z.looseObject({ tags: z.array(z.string()).optional() });

const output = z.discriminatedUnion("output_type", [
  z.object({ output_type: z.literal("stream"), name: z.enum(["stdout", "stderr"]), text }),
  z.object({ output_type: z.literal("display_data"), data: record, metadata: record }),
  z.object({
    output_type: z.literal("execute_result"),
    data: record,
    metadata: record,
    execution_count: z.number().int().nullable(),
  }),
  z.object({
    output_type: z.literal("error"),
    ename: z.string(),
    evalue: z.string(),
    traceback: z.array(z.string()),
  }),
]);

const cellId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "a cell id has 1 to 64 letters, digits, - or _");

const cell = z.discriminatedUnion("cell_type", [
  z.object({
    cell_type: z.literal("code"),
    id: cellId,
    metadata: cellMetadata,
    execution_count: z.number().int().nullable(),
    outputs: z.array(output),
    source: text,
  }),
  z.object({ cell_type: z.literal("markdown"), id: cellId, metadata: cellMetadata, source: text }),
  z.object({ cell_type: z.literal("raw"), id: cellId, metadata: cellMetadata, source: text }),
]);

const notebook = z.object({
  nbformat: z.literal(4),
  nbformat_minor: z.number().int().min(5, "cells need ids: save it as nbformat 4.5"),
  metadata: record,
  cells: z.array(cell),
});

/** One output of a code cell, as nbformat 4.5 has it; `text` is one string. */
export type Output = z.infer<typeof output>;

/** One cell; `source` is one string. */
export type Cell = z.infer<typeof cell>;

/** A cell that can be executed. */
export type CodeCell = Extract<Cell, { cell_type: "code" }>;

/** A notebook of nbformat 4.5. */
export type Notebook = z.infer<typeof notebook>;

/**
 * Reads a notebook's JSON text.
 *
 * @throws WirelabError `usage` naming `file` when the text is no notebook of nbformat 4.5.
 */
export function parseNotebook(json: string, file: string): Notebook {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new WirelabError("usage", `${file} is not a notebook: its JSON cannot be read.`, { cause });
  }
  const parsed = notebook.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? "" : ` at ${issue.path.join(".")}`;
  throw new WirelabError(
    "usage",
    `${file} is not a notebook of format 4.5${where}: ${issue?.message ?? ""}.`,
  );
}

/**
 * A notebook as JSON text, in the layout that Jupyter itself writes (one space, long text as lines), so that a file
 * saved from either differs only where its content does.
 */
export function formatNotebook(value: Notebook): string {
  return `${JSON.stringify({ cells: value.cells.map(cellToJson), metadata: value.metadata, nbformat: 4, nbformat_minor: value.nbformat_minor }, null, 1)}\n`;
}

/**
 * Reads a notebook from disk.
 *
 * @throws WirelabError `usage` when the file is missing or is no notebook of nbformat 4.5.
 */
export async function readNotebook(file: string): Promise<Notebook> {
  let json: string;
  try {
    json = await readFile(file, "utf8");
  } catch (cause) {
    throw new WirelabError("usage", `The notebook ${file} cannot be read; check the path.`, { cause });
  }
  return parseNotebook(json, file);
}

/**
 * Writes a notebook to disk, whole or not at all.
 *
 * @throws WirelabError `disk` when the file cannot be written.
 */
export async function writeNotebook(file: string, value: Notebook): Promise<void> {
  await writeWhole(file, formatNotebook(value));
}

/**
 * Writes a text file through a neighbour that is renamed over it, so that a reader never sees half of it.
 *
 * @throws WirelabError `disk` when the file cannot be written.
 */
export async function writeWhole(file: string, content: string): Promise<void> {
  const partial = `${file}.partial`;
  try {
    await writeFile(partial, content);
    await rename(partial, file);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new WirelabError(
      "disk",
      `${file} could not be written (${why}); check the folder and the free space.`,
      {
        cause,
      },
    );
  }
}

/** The notebook without outputs and execution counts: what belongs in git. */
export function withoutOutputs(value: Notebook): Notebook {
  return {
    ...value,
    cells: value.cells.map((c) =>
      c.cell_type === "code" ? { ...c, outputs: [], execution_count: null } : c,
    ),
  };
}

/** Whether a cell carries a tag. */
export function hasTag(value: Cell, tag: string): boolean {
  return value.metadata.tags?.includes(tag) ?? false;
}

function cellToJson(value: Cell): Record<string, unknown> {
  const { cell_type, id, metadata, source } = value;
  if (value.cell_type !== "code") return { cell_type, id, metadata, source: toLines(source) };
  const outputs = value.outputs.map((o) =>
    o.output_type === "stream" ? { ...o, text: toLines(o.text) } : o,
  );
  return {
    cell_type,
    execution_count: value.execution_count,
    id,
    metadata,
    outputs,
    source: toLines(source),
  };
}

function toLines(value: string): string[] {
  return value.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
