import { z } from "zod";
import { type ToolCall, toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { checkedDuration, dateIn } from "../reading/cells.js";
import { elementsOf, parsedOrNull } from "../reading/json-elements.js";
import type { ToolFile } from "../reading/tool-file.js";
import { ghzCovers, ghzOutcome } from "./ghz-calls.js";

const detail = z.object({
  timestamp: z.string(),
  latency: z.number(),
  error: z.string().default(""),
  status: z.string(),
});

const beginning = z.object({ options: z.object({ call: z.string() }).optional() });

/** One object with a call each in `details`: `ghz -O json` or `-O pretty`. */
export const ghzJson: CallFormat = {
  kind: "calls",
  name: "ghz -O json",
  tool: "ghz",
  recognise: (head) => /^\s*\{/.test(head) && /"endReason"\s*:/.test(head),
  exactness: {
    clock: "end",
    clockStepMs: 0.000_001,
    durationStepMs: 0.000_001,
    covers: ghzCovers,
  },
  leavesOut: [],
  async *read(file) {
    let number = 0;
    for await (const { before, elements } of elementsOf(file, "details")) {
      const endpoint = calledIn(before);
      const calls = elements.map((text) => callOf(file, text, { number: ++number, endpoint }));
      if (calls.length > 0) yield calls;
    }
  },
};

function calledIn(before: unknown): string {
  const parsed = beginning.safeParse(before);
  return parsed.success ? (parsed.data.options?.call ?? "") : "";
}

function callOf(
  file: ToolFile,
  { text, line }: { readonly text: string; readonly line: number },
  { number, endpoint }: { readonly number: number; readonly endpoint: string },
): ToolCall {
  const parsed = detail.safeParse(parsedOrNull(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw file.wrong(
      `line ${line}, call ${number} of details`,
      `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`,
    );
  }
  const { timestamp, latency, error, status } = parsed.data;
  const place = (column: string) => ({ file, line, column });
  return toolCall({
    endpoint,
    ...ghzOutcome(status, error),
    atMs: dateIn(timestamp, place("timestamp")),
    durationMs: checkedDuration(latency / 1e6, place("latency")),
  });
}
