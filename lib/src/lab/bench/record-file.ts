import { readFileSync } from "node:fs";
import { z } from "zod";
import { WirelabError } from "../../errors.js";
import { environment } from "../../record/machine/environment-schema.js";
import { input, warning } from "../../record/run-json.js";

const count = z.number().int().min(0);
const flags = z.array(z.union([z.literal(0), z.literal(1)]).transform(Number));

const calls = z
  .object({
    block: z.array(count),
    caller: z.array(count),
    /** From the run's start. */
    startMs: z.array(z.number()),
    durationMs: z.array(z.number().min(0)),
    /** Null where the arm cannot tell. */
    firstByteMs: z.array(z.number().nullable()),
    /** Null where the answer does not say it. */
    serverMs: z.array(z.number().nullable()),
    ok: flags,
    /** HTTP status or gRPC status code; -1 for none. */
    status: z.array(z.number().int()),
    /** Index into `errorCodes`. */
    error: z.array(count),
    bytesSent: z.array(z.number()),
    bytesReceived: z.array(z.number()),
    connectionId: z.array(z.number().int()),
    /** 1 for a call that only warmed up: it is in no number. */
    warmup: flags,
  })
  .refine(sameLengths, { message: "its columns differ in length" });

/** What the arm's server used, a round each: see `RoundUsage`. */
const usage = z
  .object({
    block: z.array(count),
    calls: z.array(count),
    cpuMs: z.array(z.number().min(0)),
    residentBytes: z.array(count.nullable()),
    peakBytes: z.array(count.nullable()),
  })
  .refine(sameLengths, { message: "its columns differ in length" });

const arm = z.object({
  name: z.string(),
  /** The way of calling. */
  arm: z.string(),
  protocol: z.enum(["rest", "grpc"]),
  client: z.string(),
  concurrency: count,
  notMeasured: z.record(z.string(), z.string()),
  calls,
  usage,
});

const record = z
  .object({
    format: z.literal("wirelab-bench/1"),
    measuredAt: z.iso.datetime(),
    environment,
    /** Folder of the raw calls. */
    run: z.string().nullable(),
    work: z.string(),
    input: input.nullable(),
    /** Digest of the servers' addresses, which stay out of the file; null in files from before it was kept. */
    servers: z.string().nullable().default(null),
    requests: count,
    concurrency: z.array(count),
    timeoutMs: z.number(),
    seed: z.number().int(),
    /** Arms that were asked for and could not be measured. */
    missing: z.array(z.object({ arm: z.string(), reason: z.string() })),
    warnings: z.array(warning),
    errorCodes: z.array(z.string()),
    /** Why rounds are missing in `usage`; null when none is. */
    usageMissing: z.string().nullable(),
    arms: z.array(arm).min(1),
  })
  .refine(
    ({ errorCodes, arms }) =>
      arms.every(({ calls }) => calls.error.every((code) => code < errorCodes.length)),
    { path: ["arms"], message: "an error that it does not name" },
  );

/** What was measured, without anything computed from it: durations in ms, rounded to µs. */
export type BenchRecord = z.infer<typeof record>;
export type RecordedArm = BenchRecord["arms"][number];
export type RecordedUsage = RecordedArm["usage"];
export type RecordedCalls = RecordedArm["calls"];

/**
 * Reads what `wirelab bench --output-json` wrote; the numbers that were computed from it are left out, they are computed
 * again. Throws a `usage` error that names the file and what is wrong with it.
 */
export function readRecord(path: string): BenchRecord {
  const wrong = (reason: string) =>
    new WirelabError("usage", `${path} is not a results file of wirelab bench: ${reason}.`);
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof SyntaxError) throw wrong("it is not whole JSON");
    throw wrong(code === "ENOENT" ? "there is no such file" : `it cannot be read (${code})`);
  }
  const parsed = record.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.path[0] === "format") throw wrong('its format is not "wirelab-bench/1"');
  throw wrong(`${issue?.path.join(".") || "its content"}: ${issue?.message}`);
}

/** Text of a results file: readable, with each column of calls on one line. */
export function recordText(results: object): string {
  const marked = JSON.stringify(
    results,
    (_, value) => (isColumn(value) ? `\u0000${JSON.stringify(value)}\u0000` : value),
    2,
  );
  return `${marked.replace(/"\\u0000([-+\d.,eEnul[\]]*)\\u0000"/g, "$1")}\n`;
}

function sameLengths(columns: Readonly<Record<string, readonly unknown[]>>): boolean {
  return new Set(Object.values(columns).map(({ length }) => length)).size === 1;
}

function isColumn(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "number" || one === null);
}
