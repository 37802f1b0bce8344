import { WirelabError } from "../../errors.js";
import type { ToolNumber } from "./call.js";
import { formatOf } from "./formats.js";
import type { ColumnMap } from "./own-table/column-map.js";
import { ToolFile } from "./reading/tool-file.js";

/** What a tool printed of its calls. */
export interface ToolNumbers {
  /** The file's name, without the folder. */
  readonly file: string;
  readonly tool: string;
  /** What people call such a file. */
  readonly format: string;
  readonly numbers: readonly ToolNumber[];
  /** How they are rounded and what they are over, sentences. */
  readonly notes: readonly string[];
}

/**
 * Whether a file has a row a call, or only what a tool computed of them.
 * @throws WirelabError `usage` for one of no known kind.
 */
export async function kindOfFile(path: string, map: ColumnMap | null = null): Promise<"calls" | "table"> {
  return formatOf(await ToolFile.open(path), map).kind;
}

/**
 * Reads a file that holds only what a tool computed of its calls.
 * @throws WirelabError `usage` where it is not as the tool writes it, or has a row a call.
 */
export async function readNumbers(path: string): Promise<ToolNumbers> {
  const file = await ToolFile.open(path);
  const format = formatOf(file, null);
  if (format.kind === "calls") {
    throw new WirelabError(
      "usage",
      `${path} (${format.name}) has a row a call and is no table of numbers: import it as a run.`,
    );
  }
  const numbers = await format.read(file);
  const cut = file.cutOff === null ? [] : [`The file is cut off ${file.cutOff}.`];
  return {
    file: file.name,
    tool: format.tool,
    format: format.name,
    numbers,
    notes: [...cut, ...format.notes],
  };
}
