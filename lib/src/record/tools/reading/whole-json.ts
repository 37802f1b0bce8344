import type { z } from "zod";
import type { ToolFile } from "./tool-file.js";

/** A small JSON file as its schema has it. Throws `usage` with file and key where it is another. */
export function wholeJson<T>(file: ToolFile, text: string, schema: z.ZodType<T>): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw file.wrong("its JSON", file.cutOff === null ? "it is not whole" : `it is cut off ${file.cutOff}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw file.wrong(`key ${issue?.path.join(".") ?? ""}`, issue?.message ?? "it is not what the tool writes");
}
