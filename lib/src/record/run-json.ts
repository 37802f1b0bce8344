import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { programNames } from "../hosts/program.js";
import { importedSchema } from "./imported-info.js";
import { loadRoundSchema, loadSchema, stopAfterSchema } from "./load-info.js";
import { environment } from "./machine/environment-schema.js";
import { type RunInfo, warningCodes } from "./run-info.js";
import { serviceSchema } from "./service-info.js";

/** Name of the file in a run folder that holds everything about the run but its calls. */
export const runFileName = "run.json";

/** What `run.json` vouches for: the compacted calls as they were when they were checked. */
export interface ParquetProof {
  readonly rows: number;
  readonly sizeBytes: number;
  readonly crc32: number;
}

const count = z.number().int().min(0);
const texts = z.record(z.string(), z.string());

export const warning = z.object({
  code: z.enum(warningCodes),
  message: z.string(),
  advice: z.string(),
});

const arm = z.object({
  name: z.string(),
  arm: z.string(),
  protocol: z.enum(["none", "rest", "grpc"]),
  operation: z.string().optional(),
  client: z.string(),
  server: count,
  plantedDelayUs: z.number(),
  callers: count,
  notMeasured: texts,
});

const server = z.object({
  server: count,
  program: z.enum(programNames).default("node"),
  protocols: z.array(z.enum(["rest", "grpc"])),
  workers: count.default(1),
  // Before a server could have its own, the whole run had one.
  tls: z.boolean().optional(),
  windowBytes: count.optional(),
});

const link = z.object({
  roundTripMs: z.number().min(0),
  jitterMs: z.number().min(0),
  bandwidthMbps: z.number().positive().nullable(),
  slowStart: z.boolean(),
  slowStartAfterIdle: z.boolean(),
  stalls: z.object({ perMegabyte: z.number().min(0), stallMs: z.number().min(0) }).nullable(),
  pingMs: z.array(z.number().min(0)),
});

export const input = z.object({
  file: z.string(),
  contentType: z.string(),
  sizeBytes: count,
  sha256: z.string(),
  answer: z.string().nullable(),
});

const prediction = z.object({ arm: z.string(), linkMs: z.number(), ownMs: z.number() });

const foretold = z.object({
  arm: z.string(),
  beside: z.string().nullable(),
  times: z.number(),
  addMs: z.number(),
});

const usage = z.object({
  arm: z.string(),
  pair: count,
  block: count,
  calls: count,
  cpuMs: z.number().min(0).nullable(),
  clientCpuMs: z.number().min(0).nullable().default(null),
  residentBytes: count.nullable(),
  peakBytes: count.nullable(),
});

const wire = z.object({
  arm: z.string(),
  pair: count,
  block: count,
  calls: count,
  sentBytes: count,
  receivedBytes: count,
});

const span = z.tuple([z.number(), z.number()]);

const instants = z.object({
  arm: z.string(),
  pair: count,
  block: count,
  calls: z.array(
    z
      .object({
        serialise: span,
        connect: span.nullable(),
        sent: z.number(),
        handler: span.nullable(),
        received: z.number(),
        deserialise: span,
      })
      .nullable(),
  ),
});

const runInfo = z.object({
  format: z.literal(1),
  name: z.string(),
  work: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  status: z.enum(["running", "finished", "interrupted", "failed"]),
  reason: z.string().nullable(),
  environment,
  seed: z.number(),
  host: z.enum(["in-process", "worker", "child", "remote"]),
  arms: z.array(arm),
  // Runs of before have none: each of their servers had both protocols loaded.
  servers: z.array(server).default([]),
  pairs: count,
  blocks: count,
  warmupBlocks: count,
  primeCalls: count,
  callsPerRound: count,
  timeoutMs: z.number(),
  // Older runs lack what the lab could not do when they were measured.
  imported: importedSchema.nullable().default(null),
  service: serviceSchema.optional(),
  addressesSha256: z.string().optional(),
  input: input.nullable().default(null),
  pauseMs: z.number().min(0).default(0),
  load: loadSchema.nullable().default(null),
  stopAfter: stopAfterSchema.default({}),
  clients: count.default(1),
  size: count.nullable().default(null),
  tls: z.boolean().default(false),
  link: link.nullable().default(null),
  predictions: z.array(prediction).default([]),
  foretold: z.array(foretold).default([]),
  processors: z.object({ client: count, server: count }).nullable(),
  order: z.array(z.array(z.array(z.string()))),
  warmFromBlock: z.array(count),
  warnings: z.array(warning),
  leftOut: z.array(z.string()),
  // Runs of before it was read have none.
  usageMissing: z.string().nullable().default("it was measured by a lab that did not look at its servers"),
  counted: z.array(z.object({ pair: count, server: count, calls: count })).default([]),
  loadRounds: z.array(loadRoundSchema).default([]),
  usage: z.array(usage).default([]),
  wire: z.array(wire).default([]),
  instants: z.array(instants).default([]),
});

/** What `run.json` must look like; `parquet` is there once the calls have been compacted. */
export const runFileSchema = runInfo.extend({
  parquet: z.object({ rows: count, sizeBytes: count, crc32: count }).optional(),
});

/** What was read of a `run.json`, or why it cannot be used. */
export type RunFile =
  | { readonly kind: "whole"; readonly info: RunInfo; readonly parquet: ParquetProof | null }
  | { readonly kind: "missing" }
  | { readonly kind: "damaged"; readonly reason: string };

/** Replaces `run.json` of a folder in one step, so that a reader never sees half of it. Throws what the disk throws. */
export function writeRunFile(folder: string, info: RunInfo, parquet: ParquetProof | null): void {
  const path = join(folder, runFileName);
  const temporary = `${path}.tmp`;
  try {
    writeFileSync(temporary, runText(info, parquet));
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** A line a round of load, usage, wire and instants: spread out, they would be most of a file that people read. */
function runText(
  { loadRounds, usage, wire, instants, ...info }: RunInfo,
  parquet: ParquetProof | null,
): string {
  const head = JSON.stringify(parquet === null ? info : { ...info, parquet }, null, 2).replace(/\n\}$/, "");
  const rounds = Object.entries({ loadRounds, usage, wire, instants });
  return `${head},\n${rounds.map(([name, each]) => lineEach(name, each)).join(",\n")}\n}\n`;
}

function lineEach(name: string, rounds: readonly object[]): string {
  const listed = rounds.map((round) => `\n    ${JSON.stringify(round)}`).join(",");
  return `  "${name}": [${listed}${listed === "" ? "" : "\n  "}]`;
}

/** Reads `run.json` of a folder; never throws for what is in it. */
export function readRunFile(folder: string): RunFile {
  let text: string;
  try {
    text = readFileSync(join(folder, runFileName), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return { kind: "missing" };
    return { kind: "damaged", reason: `it cannot be read (${code ?? String(error)})` };
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "damaged", reason: "it is not whole JSON" };
  }
  const parsed = runFileSchema.safeParse(json);
  if (!parsed.success) return { kind: "damaged", reason: explain(parsed.error) };
  const { parquet, servers, ...info } = parsed.data;
  const told = servers.map((one) => ({ ...one, tls: one.tls ?? info.tls }));
  return { kind: "whole", info: { ...info, servers: told }, parquet: parquet ?? null };
}

function explain(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "it is not a run's description";
  if (issue.path[0] === "format") return "it is not of format 1, so another version of wirelab wrote it";
  return `${issue.path.join(".") || "its content"}: ${issue.message}`;
}
