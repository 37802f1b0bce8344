import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { durationIn } from "../reading/cells.js";
import { parsedLines } from "../reading/lines.js";
import type { ToolFile } from "../reading/tool-file.js";
import { ghzCovers, ghzOutcome } from "./ghz-calls.js";

const header = "duration (ms),status,error";

/** A line a call, without a time: `ghz -O csv`. Errors stand there unquoted, commas included. */
export const ghzCsv: CallFormat = {
  kind: "calls",
  name: "ghz -O csv",
  tool: "ghz",
  recognise: (head) => head.trimStart().startsWith(header),
  exactness: {
    clock: "none",
    clockStepMs: null,
    durationStepMs: 0.01,
    covers: ghzCovers,
  },
  leavesOut: ["when each call was made: ghz writes no times into its CSV; -O json has them"],
  read: (file) => parsedLines(file, "always ended", (line, number) => callOf(file, line, number)),
};

function callOf(file: ToolFile, line: string, number: number): ToolCall | null {
  if (line === header) return null;
  const [, duration = "", status = "", error = ""] = /^([^,]*),([^,]*),(.*)$/.exec(line) ?? [];
  if (status === "")
    throw file.wrong(`line ${number}`, "it is not duration, status and error with commas between");
  return toolCall({
    ...ghzOutcome(status, error),
    durationMs: durationIn(duration, 1, { file, line: number, column: "duration (ms)" }),
  });
}
