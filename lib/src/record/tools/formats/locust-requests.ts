import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { bytesIn, durationIn, momentIn, statusIn } from "../reading/cells.js";
import { csvRows } from "../reading/csv.js";

const columns = [
  "timestamp",
  "request_type",
  "name",
  "response_time_ms",
  "response_length",
  "status_code",
  "exception",
] as const;

const httpMethod = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** A row a request, as `locust.contrib.csv_request_logger` writes it. */
export const locustRequests: CallFormat = {
  kind: "calls",
  name: "request log of Locust (CsvRequestLogger)",
  tool: "Locust",
  recognise: (head) => head.startsWith(columns.join(",")),
  exactness: {
    clock: "start",
    clockStepMs: 0.001,
    durationStepMs: 0.01,
    covers:
      "as Locust's user timed it: for HTTP from before the request, connecting included, to the end of the body",
  },
  leavesOut: [],
  read: (file) =>
    csvRows(file, { needed: columns, last: "always ended" }, (row): ToolCall => {
      const type = row.text("request_type");
      const error = row.text("exception");
      const duration = row.text("response_time_ms");
      const status = statusIn(row.text("status_code"), row.place("status_code"));
      const bytes = row.text("response_length");
      return toolCall({
        endpoint: `${type} ${row.text("name")}`,
        protocol: protocolOf(type),
        atMs: momentIn(row.text("timestamp"), 1000, row.place("timestamp")),
        durationMs:
          duration === "" && error !== ""
            ? Number.NaN
            : durationIn(duration, 1, row.place("response_time_ms")),
        ok: error === "",
        // It writes 0 for a call without an answer, and for all that is no HTTP.
        status: status === 0 ? -1 : status,
        error,
        bytesReceived: bytes === "" ? Number.NaN : bytesIn(bytes, row.place("response_length")),
      });
    }),
};

function protocolOf(type: string): ToolCall["protocol"] {
  if (/^grpc/i.test(type)) return "grpc";
  return httpMethod.test(type) ? "rest" : "none";
}
