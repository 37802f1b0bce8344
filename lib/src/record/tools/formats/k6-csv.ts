import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { dateIn, durationIn, momentIn } from "../reading/cells.js";
import { type CsvRow, csvRows } from "../reading/csv.js";
import { callMetrics, k6Covers, taggedCall } from "./k6-calls.js";

/** A row a value of a metric: `k6 run --out csv=FILE`. Which tags have a column depends on k6's version and options. */
export const k6Csv: CallFormat = {
  kind: "calls",
  name: "k6 --out csv",
  tool: "k6",
  recognise: (head) => head.startsWith("metric_name,timestamp,metric_value,"),
  exactness: { clock: "end", clockStepMs: 1000, durationStepMs: 0.000_001, covers: k6Covers },
  leavesOut: ["in which order the calls of one second began: k6 writes whole seconds into its CSV"],
  read: (file) =>
    csvRows(file, { needed: ["metric_name", "timestamp", "metric_value"], last: "always ended" }, callOf),
};

function callOf(row: CsvRow): ToolCall | null {
  const protocol = callMetrics.get(row.text("metric_name"));
  if (protocol === undefined) return null;
  const time = row.text("timestamp");
  return toolCall({
    ...taggedCall(protocol, {
      method: row.text("method"),
      name: row.text("name"),
      status: row.text("status"),
      error: row.text("error"),
      errorCode: row.text("error_code"),
      expected: row.text("expected_response"),
    }),
    // K6_CSV_TIME_FORMAT can ask for dates.
    atMs: time.includes("T") ? dateIn(time, row.place("timestamp")) : momentOf(time, row),
    durationMs: durationIn(row.text("metric_value"), 1, row.place("metric_value")),
  });
}

/** Unix s, or as K6_CSV_TIME_FORMAT asks ms, µs or ns, which have so many digits more. */
function momentOf(time: string, row: CsvRow): number {
  const unitMs =
    ({ 13: 1, 16: 0.001, 19: 0.000_001 } as Readonly<Record<number, number>>)[time.length] ?? 1000;
  return momentIn(time, unitMs, row.place("timestamp"));
}
