import { z } from "zod";
import type { Output } from "../cells/ipynb.js";
import type { Message } from "./wire.js";

const stream = z.object({ name: z.enum(["stdout", "stderr"]), text: z.string() });
const display = z.object({
  data: z.record(z.string(), z.unknown()),
  metadata: z.record(z.string(), z.unknown()).optional(),
  transient: z.object({ display_id: z.string().optional() }).optional(),
});

type Display = Extract<Output, { output_type: "display_data" }>;

/** Displays of a kernel by display id: a later cell may update what an earlier one showed. */
export type Displays = Map<string, Display>;

/** Gathers the outputs of one cell from the kernel's messages. */
export interface OutputCollector {
  /** Takes one message; returns the output that it made or changed, null when it made none. */
  take(message: Message): Output | null;
  /** What the cell has put out so far, neighbouring text of one stream merged, as Jupyter saves it. */
  outputs(): Output[];
  /** Takes the last thing written to stderr out of the outputs: where tslab puts the reason of a failed cell. */
  takeError(): string | null;
}

/** Starts gathering for one cell; `displays` is shared by the cells of a kernel. */
export function collectOutputs(displays: Displays): OutputCollector {
  const collected: Output[] = [];
  const add = (output: Output) => {
    collected.push(output);
    return output;
  };
  return {
    take(message) {
      if (message.type === "stream") {
        const parsed = stream.safeParse(message.content);
        return parsed.success ? add({ output_type: "stream", ...parsed.data }) : null;
      }
      const parsed = display.safeParse(message.content);
      if (!parsed.success) return null;
      const { data, metadata = {}, transient } = parsed.data;
      if (message.type === "execute_result") {
        return add({ output_type: "execute_result", data, metadata, execution_count: null });
      }
      const shown: Display = { output_type: "display_data", data, metadata };
      const id = transient?.display_id;
      const earlier = id === undefined ? undefined : displays.get(id);
      if (message.type === "update_display_data") return earlier ? Object.assign(earlier, shown) : null;
      if (message.type !== "display_data") return null;
      if (id !== undefined) displays.set(id, shown);
      return add(shown);
    },
    outputs: () => mergeStreams(collected),
    takeError: () => takeError(collected),
  };
}

/** One write for a thrown error, one for each complaint of the compiler (`line:column - sentence`). */
function takeError(collected: Output[]): string | null {
  const complaints: string[] = [];
  for (let i = collected.length - 1; i >= 0; i--) {
    const output = collected[i];
    if (output?.output_type !== "stream" || output.name !== "stderr") continue;
    const isComplaint = /^\S*\s?\d+:\d+ - /.test(output.text);
    if (complaints.length > 0 && !isComplaint) break;
    collected.splice(i, 1);
    complaints.unshift(output.text);
    if (!isComplaint) break;
  }
  return complaints.length === 0 ? null : complaints.join("");
}

function mergeStreams(outputs: readonly Output[]): Output[] {
  const merged: Output[] = [];
  for (const output of outputs) {
    const last = merged.at(-1);
    if (output.output_type === "stream" && last?.output_type === "stream" && last.name === output.name) {
      merged[merged.length - 1] = { ...last, text: last.text + output.text };
    } else {
      merged.push(output);
    }
  }
  return merged;
}
