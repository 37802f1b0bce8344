import type { KernelDeath } from "../kernel/kernel-process.js";
import type { Output } from "./ipynb.js";

/** Why a cell failed: one line for a table, and the whole for the page. */
export interface CellError {
  readonly reason: string;
  readonly output: Extract<Output, { output_type: "error" }>;
}

/**
 * Reads what tslab prints for a failed cell: a thrown error as `util.inspect` shows it, or the compiler's complaints,
 * `line:column - sentence` each. Null when it printed nothing.
 */
export function parseCellError(printed: string | null): CellError {
  const text = withoutColours(printed ?? "")
    .replace(sourceExcerpt, "")
    .trim();
  const traceback = text.split("\n").filter((line) => line !== "" && !ofTheKernel.test(line));
  const complaint = /^(?:\S+ )?(\d+):\d+ - (.*)$/m.exec(text);
  if (complaint) {
    const sentence = `line ${complaint[1]}: ${complaint[2]}`;
    return {
      reason: sentence,
      output: { output_type: "error", ename: "TypeScript", evalue: sentence, traceback },
    };
  }
  const message = text.split(/\n\s+at /)[0]?.trim() ?? "";
  const named = /^(?:Uncaught )?([A-Za-z_$][\w$]*)(?: \[[^\]]+\])?: ([\s\S]*)$/.exec(message);
  const ename = named?.[1] ?? "Error";
  const evalue = named?.[2] ?? (message === "" ? "the cell failed without a reason" : message);
  // A WirelabError's message is a sentence of its own; the name of any other error helps to place it.
  const reason = ename === "WirelabError" || named === null ? evalue : `${ename}: ${evalue}`;
  return { reason: firstLine(reason), output: { output_type: "error", ename, evalue, traceback } };
}

/** A kernel's death as a sentence. */
export function describeKernelDeath(
  { exitCode, signal, lastWords }: KernelDeath,
  when: "before it answered" | "while the cell ran",
): string {
  const how = signal !== null ? `was ended by ${signal}` : `ended with exit code ${exitCode ?? "unknown"}`;
  const memory = signal === "SIGKILL" ? " (often the system's answer to a lack of memory)" : "";
  const lines = lastWords.split("\n").filter((line) => line.trim() !== "");
  // What Node prints of an error that nobody caught ends with its fields and Node's version.
  const said = lines.find((line) => /^(Uncaught )?\w*Error\b.*: /.test(line)) ?? lines.slice(-5).join(" / ");
  const words = said === "" ? "" : ` Its last words: ${said}`;
  return `The kernel ${how}${memory} ${when}.${words}`;
}

/** Node quotes the compiled line above an error thrown before the first `await`; it is not the reader's own line. */
const sourceExcerpt = /^evalmachine\.<anonymous>:\d+\n[\s\S]*?\n\s*\^+\s*\n/;

/** Stack frames below the cell, the same for every cell. */
const ofTheKernel = /^\s+at .*([\\/]tslab[\\/]dist[\\/]|node:vm|node:internal)/;

/** Terminal colours removed. */
export function withoutColours(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence starts with a control character
  return text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, "");
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
