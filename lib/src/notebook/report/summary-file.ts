import { readFileSync } from "node:fs";
import { z } from "zod";
import { WirelabError } from "../../errors.js";
import { environment } from "../../record/machine/environment-schema.js";
import { verdict } from "../page/embedded.js";

const summary = z.object({
  environment,
  // A stored baseline is what was said, whichever notebooks said it.
  notebooks: z.array(z.object({ name: z.string(), status: z.string() })).default([]),
  verdicts: z.array(verdict),
});

/** What a report's `summary.json` says, as far as a check needs it; a stored baseline is one without notebooks. */
export type Summary = z.infer<typeof summary>;

/**
 * Reads `summary.json` or a baseline.
 * @throws WirelabError `usage` that names the file, what is wrong with it and what to do; `advice` says it where there is none.
 * @example
 * readSummary("reports/summary.json", "run notebooks first").verdicts.length
 */
export function readSummary(path: string, advice: string): Summary {
  const wrong = (reason: string) =>
    new WirelabError("usage", `${path} is not what wirelab run wrote (${reason}): ${advice}.`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw wrong("it is not whole JSON");
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ENOENT") throw new WirelabError("usage", `There is no ${path}: ${advice}.`);
    throw new WirelabError("usage", `${path} cannot be read (${code}): ${advice}.`, { cause: error });
  }
  const parsed = summary.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw wrong(`${issue?.path.join(".") || "its content"}: ${issue?.message}`);
}
