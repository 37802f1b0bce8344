import type { Readable } from "node:stream";

/** Enough for a stack trace, short enough for a cell. */
const keptLines = 20;

/** Reads `stream` to its end and returns a function that tells its last lines so far. */
export function lastLines(stream: Readable): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    text = (text + chunk)
      .split("\n")
      .slice(-keptLines - 1)
      .join("\n");
  });
  return () => text.trim();
}
