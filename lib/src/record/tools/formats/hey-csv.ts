import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { durationIn, isGood, statusIn } from "../reading/cells.js";
import { type CsvRow, csvRows } from "../reading/csv.js";

const columns = ["response-time", "Response-read", "status-code", "offset"] as const;

/** A row a call that was answered: `hey -o csv`. */
export const heyCsv: CallFormat = {
  kind: "calls",
  name: "hey -o csv",
  tool: "hey",
  recognise: (head) => head.startsWith("response-time,DNS+dialup,"),
  exactness: {
    clock: "start",
    clockStepMs: 0.1,
    durationStepMs: 0.1,
    covers: "from before the request, connecting included, to the end of the body",
  },
  leavesOut: ["calls without an answer: hey writes none of them, so how many failed so is not known"],
  read: (file) => csvRows(file, { needed: columns, last: "always ended" }, callOf),
};

function callOf(row: CsvRow): ToolCall {
  const inSeconds = (column: (typeof columns)[number]) =>
    durationIn(row.text(column), 1000, row.place(column));
  const status = statusIn(row.text("status-code"), row.place("status-code"));
  const ok = isGood(status);
  const durationMs = inSeconds("response-time");
  return toolCall({
    protocol: "rest",
    atMs: inSeconds("offset"),
    durationMs,
    // Its other parts leave out how long a call waited for a connection that others used. Both are rounded.
    firstByteMs: Math.max(0, durationMs - inSeconds("Response-read")),
    ok,
    status,
    error: ok ? "" : `status ${status}`,
  });
}
