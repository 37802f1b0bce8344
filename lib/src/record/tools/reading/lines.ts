import { WirelabError } from "../../../errors.js";
import type { ToolFile } from "./tool-file.js";

/** No tool writes a longer line; a hostile file must not fill the memory with one. */
const longestLine = 5_000_000;

/** How a tool ends its last line: `always` with an end of line, so that one without is cut off. */
export type LastLine = "always ended" | "may be open";

/**
 * What `parse` makes of the lines of a file, some at a time; empty lines are passed over, and so are lines that give null.
 * A last line without its end that is not whole marks the file as cut off.
 */
export async function* parsedLines<T>(
  file: ToolFile,
  last: LastLine,
  parse: (line: string, number: number) => T | null,
): AsyncGenerator<readonly T[], void, undefined> {
  let number = 0;
  let open = "";
  for await (const text of file.texts()) {
    const lines = text.split("\n");
    lines[0] = open + lines[0];
    open = lines.pop() ?? "";
    if (open.length > longestLine) {
      throw file.wrong(`line ${number + lines.length + 1}`, "it is longer than 5 MB, which no tool writes");
    }
    const batch: T[] = [];
    for (const line of lines) {
      number++;
      const parsed = line.trim() === "" ? null : parse(unended(line), number);
      if (parsed !== null) batch.push(parsed);
    }
    if (batch.length > 0) yield batch;
  }
  if (open.trim() === "") return;
  const parsed = lastLine(file, last, () => parse(unended(open), number + 1), number + 1);
  if (parsed !== null) yield [parsed];
}

/** Without what Windows puts behind each line. */
function unended(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function lastLine<T>(file: ToolFile, last: LastLine, parse: () => T | null, number: number): T | null {
  if (last === "may be open" && file.cutOff === null) {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof WirelabError)) throw error;
    }
  }
  file.cutOff ??= `in the middle of line ${number}`;
  return null;
}
