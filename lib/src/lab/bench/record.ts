import { createHash } from "node:crypto";
import type { RunFacts } from "../../analysis/compare.js";
import { isOfServer, type ServerUsage } from "../../analysis/layers/server-cost.js";
import type { Endpoints } from "../../hosts/host.js";
import type { Calls } from "../../record/calls.js";
import { newCalls } from "../../record/calls-table.js";
import type { Run } from "../../record/run.js";
import { runPath } from "../../record/run-path.js";
import type { BenchRecord, RecordedArm, RecordedCalls, RecordedUsage } from "./record-file.js";

/** What a bench knows that its run does not. */
export interface BenchAsked {
  /** See `serversDigest`. */
  readonly servers: string;
  readonly requests: number;
  readonly concurrency: readonly number[];
  readonly missing: readonly BenchRecord["missing"][number][];
}

/** Tells whether two benches called the same addresses, without telling which. */
export function serversDigest({ restUrl, grpcAddress }: Endpoints): string {
  const addresses = JSON.stringify([restUrl && new URL(restUrl).href, grpcAddress]);
  return createHash("sha256").update(addresses).digest("hex").slice(0, 12);
}

/** A run of `bench` as its results file keeps it. */
export async function recordOf(run: Run, asked: BenchAsked): Promise<BenchRecord> {
  const { info, warnings } = run;
  const calls = await run.calls();
  return {
    format: "wirelab-bench/1",
    measuredAt: info.startedAt,
    environment: info.environment,
    run: runPath(run),
    work: info.work,
    input: info.input,
    ...asked,
    concurrency: [...asked.concurrency],
    missing: [...asked.missing],
    timeoutMs: info.timeoutMs,
    seed: info.seed,
    warnings: [...warnings],
    errorCodes: [...calls.errorCodes],
    usageMissing: info.usageMissing,
    arms: info.arms.map(({ name, arm, protocol, client, callers, notMeasured }) => ({
      name,
      arm,
      protocol: protocol === "grpc" ? "grpc" : "rest",
      client,
      concurrency: callers,
      notMeasured,
      calls: columnsOf(calls, name, info.warmupBlocks),
      usage: usageColumns(info.usage.filter((round) => round.arm === name).filter(isOfServer)),
    })),
  };
}

/** The calls of records as one table; each record counts as a pair of its own. */
export function callsOf(records: readonly BenchRecord[]): Calls {
  const arms = (records[0] as BenchRecord).arms.map(({ name }) => name);
  const errorCodes = [...new Set(["", ...records.flatMap((record) => record.errorCodes)])];
  const rows = records.flatMap(({ arms }) => arms).reduce((sum, { calls }) => sum + calls.ok.length, 0);
  const table = newCalls(rows, arms, errorCodes);
  let at = 0;
  for (const [pair, record] of records.entries()) {
    const codes = record.errorCodes.map((code) => errorCodes.indexOf(code));
    for (const arm of record.arms) at = fill(table, at, { arm, number: arms.indexOf(arm.name), pair, codes });
  }
  return table;
}

/** What analysis needs of records besides their calls; the servers are one host's, however many processes they are. */
export function factsOf(records: readonly [BenchRecord, ...BenchRecord[]]): RunFacts {
  const [first] = records;
  return {
    host: "remote",
    seed: first.seed,
    load: null,
    loadRounds: [],
    arms: first.arms.map(({ name, protocol }) => ({ name, protocol, server: 0 })),
    usageMissing: records.find(({ usageMissing }) => usageMissing !== null)?.usageMissing ?? null,
    usage: records.flatMap(({ arms }, pair) =>
      arms.flatMap(({ name, usage }) => usageRounds(usage, { arm: name, pair })),
    ),
  };
}

function usageRounds(usage: RecordedUsage, place: { arm: string; pair: number }): ServerUsage[] {
  return usage.block.map((block, i) => ({
    ...place,
    block,
    calls: usage.calls[i] as number,
    cpuMs: usage.cpuMs[i] as number,
    clientCpuMs: null,
    residentBytes: usage.residentBytes[i] as number | null,
    peakBytes: usage.peakBytes[i] as number | null,
  }));
}

function usageColumns(rounds: readonly ServerUsage[]): RecordedUsage {
  return {
    block: rounds.map(({ block }) => block),
    calls: rounds.map(({ calls }) => calls),
    cpuMs: rounds.map(({ cpuMs }) => cpuMs),
    residentBytes: rounds.map(({ residentBytes }) => residentBytes),
    peakBytes: rounds.map(({ peakBytes }) => peakBytes),
  };
}

interface Place {
  readonly arm: RecordedArm;
  readonly number: number;
  readonly pair: number;
  /** The record's error codes → the table's. */
  readonly codes: readonly number[];
}

function fill(table: Calls, from: number, { arm: { calls }, number, pair, codes }: Place): number {
  const end = from + calls.ok.length;
  table.arm.fill(number, from, end);
  table.pair.fill(pair, from, end);
  table.calls.fill(1, from, end);
  for (const name of ["block", "caller", "startMs", "durationMs", "ok", "status"] as const) {
    table[name].set(calls[name], from);
  }
  for (const name of ["bytesSent", "bytesReceived", "connectionId", "warmup"] as const) {
    table[name].set(calls[name], from);
  }
  table.intendedMs.set(calls.startMs, from);
  for (const name of ["firstByteMs", "serverMs"] as const) {
    table[name].set(
      calls[name].map((value) => value ?? Number.NaN),
      from,
    );
  }
  table.error.set(
    calls.error.map((code) => codes[code] ?? 0),
    from,
  );
  return end;
}

function columnsOf(calls: Calls, arm: string, warmupBlocks: number): RecordedCalls {
  const number = calls.armNames.indexOf(arm);
  const rows = [...calls.arm.keys()].filter((row) => calls.arm[row] === number);
  const column = (name: Exclude<keyof Calls, "length" | "armNames" | "errorCodes">) =>
    rows.map((row) => calls[name][row] as number);
  return {
    block: column("block"),
    caller: column("caller"),
    startMs: column("startMs").map(toMicrosecond),
    durationMs: column("durationMs").map(toMicrosecond),
    firstByteMs: column("firstByteMs").map(microsecondOrNull),
    serverMs: column("serverMs").map(microsecondOrNull),
    ok: column("ok"),
    status: column("status"),
    error: column("error"),
    bytesSent: column("bytesSent"),
    bytesReceived: column("bytesReceived"),
    connectionId: column("connectionId"),
    // Just what was asked for is counted, also where the run was warm before its room for that ended.
    warmup: column("block").map((block) => (block < warmupBlocks ? 1 : 0)),
  };
}

function microsecondOrNull(ms: number): number | null {
  return Number.isNaN(ms) ? null : toMicrosecond(ms);
}

function toMicrosecond(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
