import { z } from "zod";
import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { checkedDuration, dateIn } from "../reading/cells.js";
import { parsedLines } from "../reading/lines.js";
import type { ToolFile } from "../reading/tool-file.js";
import { callMetrics, k6Covers, taggedCall } from "./k6-calls.js";

const tag = z.string().default("");

const point = z.object({
  type: z.literal("Point"),
  metric: z.string(),
  data: z.object({
    time: z.string(),
    value: z.number(),
    tags: z
      .object({ method: tag, name: tag, status: tag, error: tag, error_code: tag, expected_response: tag })
      .nullish(),
  }),
});

/** A line a value of a metric: `k6 run --out json=FILE`. */
export const k6Json: CallFormat = {
  kind: "calls",
  name: "k6 --out json",
  tool: "k6",
  recognise: (head) => /^\s*\{[^\n]*"metric"\s*:/.test(head) && /"type"\s*:\s*"(Metric|Point)"/.test(head),
  exactness: { clock: "end", clockStepMs: 0.001, durationStepMs: 0.000_001, covers: k6Covers },
  leavesOut: [],
  read: (file) => parsedLines(file, "may be open", (line, number) => callOf(file, line, number)),
};

/** Most lines are of other metrics, and are told apart before they are parsed. */
function callOf(file: ToolFile, line: string, number: number): ToolCall | null {
  if (!line.endsWith("}")) throw file.wrong(`line ${number}`, "it is no whole JSON object");
  if (!line.includes("_req_duration") || !line.includes('"Point"')) return null;
  const parsed = point.safeParse(parseJson(file, line, number));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw file.wrong(
      `line ${number}, column ${issue?.path.join(".") ?? ""}`,
      issue?.message ?? "it is no point of k6",
    );
  }
  const { metric, data } = parsed.data;
  const protocol = callMetrics.get(metric);
  if (protocol === undefined) return null;
  const { tags } = data;
  const place = (column: string) => ({ file, line: number, column });
  return toolCall({
    ...taggedCall(protocol, {
      method: tags?.method ?? "",
      name: tags?.name ?? "",
      status: tags?.status ?? "",
      error: tags?.error ?? "",
      errorCode: tags?.error_code ?? "",
      expected: tags?.expected_response ?? "",
    }),
    atMs: dateIn(data.time, place("data.time")),
    durationMs: checkedDuration(data.value, place("data.value")),
  });
}

function parseJson(file: ToolFile, line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw file.wrong(`line ${number}`, "it is no whole JSON object");
  }
}
