import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { durationIn, isGood, momentIn, statusIn } from "../reading/cells.js";
import { parsedLines } from "../reading/lines.js";
import type { ToolFile } from "../reading/tool-file.js";

const row = /^(\d+)\t(-?\d+)\t(\d+)$/;

/** A line a call: `h2load --log-file=FILE`. */
export const h2loadLog: CallFormat = {
  kind: "calls",
  name: "h2load --log-file",
  tool: "h2load",
  recognise: (head) => /^\d{13,17}\t-?\d+\t\d+\r?\n/.test(head),
  exactness: {
    clock: "start",
    clockStepMs: 0.001,
    durationStepMs: 0.001,
    covers: "from when the request is handed to the connection to the end of the body, without connecting",
  },
  leavesOut: ["calls whose connection broke: h2load writes no line for those, only for streams that failed"],
  read: (file) => parsedLines(file, "always ended", (line, number) => callOf(file, line, number)),
};

function callOf(file: ToolFile, line: string, number: number): ToolCall {
  const [, start = "", answered = "", duration = ""] = row.exec(line) ?? [];
  if (start === "")
    throw file.wrong(`line ${number}`, "it is not start, status and duration with tabs between");
  const place = (column: string) => ({ file, line: number, column });
  const status = statusIn(answered, place("status"));
  const ok = isGood(status);
  return toolCall({
    protocol: "rest",
    atMs: momentIn(start, 0.001, place("start")),
    durationMs: durationIn(duration, 0.001, place("duration")),
    ok,
    status: Math.max(-1, status),
    error: ok ? "" : status < 0 ? "stream failed" : `status ${status}`,
  });
}
