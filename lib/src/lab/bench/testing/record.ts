import { sampleInfo } from "../../../record/testing/samples.js";
import { createRandom } from "../../../stats/random.js";
import type { BenchRecord, RecordedArm } from "../record-file.js";

const blocks = 10;
const callsPerRound = 24;

/** A record of both protocols from a seed: the first block warmed up, and one call of gRPC failed. */
export function sampleRecord(seed = 1, concurrency: readonly number[] = [2]): BenchRecord {
  const { environment } = sampleInfo();
  const random = createRandom(seed);
  const several = concurrency.length > 1;
  return {
    format: "wirelab-bench/1",
    measuredAt: "2026-11-21T03:42:00.123Z",
    environment: { ...environment, packages: { ...environment.packages } },
    run: null,
    work: "image",
    input: null,
    servers: "0123456789ab",
    requests: (blocks - 1) * callsPerRound,
    concurrency: [...concurrency],
    timeoutMs: 5000,
    seed,
    missing: [],
    warnings: [],
    errorCodes: ["", "INTERNAL"],
    usageMissing: null,
    arms: concurrency.flatMap((level) =>
      (["rest", "grpc"] as const).map(
        (protocol): RecordedArm => ({
          name: several ? `${protocol}-${level}` : protocol,
          arm: protocol,
          protocol,
          client: "a client",
          concurrency: level,
          notMeasured: protocol === "grpc" ? { firstByteMs: "it cannot tell" } : {},
          calls: callsOf({ protocol, level, random }),
          usage: usageOf(protocol),
        }),
      ),
    ),
  };
}

/** REST takes 12 ms a round of processor time, gRPC half as much again. */
function usageOf(protocol: "rest" | "grpc") {
  const rounds = [...Array(blocks).keys()];
  return {
    block: rounds,
    calls: rounds.map(() => callsPerRound),
    cpuMs: rounds.map((block) => (protocol === "rest" ? 12 : 18) + (block % 3) / 10),
    residentBytes: rounds.map(() => 9e7),
    peakBytes: rounds.map(() => 1e8),
  };
}

function callsOf(options: { protocol: "rest" | "grpc"; level: number; random: { next(): number } }) {
  const { protocol, level, random } = options;
  const rows = [...Array(blocks * callsPerRound).keys()];
  const blockOf = (row: number) => Math.floor(row / callsPerRound);
  const baseMs = protocol === "rest" ? 1 : 1.5;
  const durationMs = rows.map(() => Math.round(1000 * baseMs * level * (0.9 + 0.2 * random.next())) / 1000);
  const failed = (row: number) => protocol === "grpc" && row === callsPerRound + 3;
  return {
    block: rows.map(blockOf),
    caller: rows.map((row) => row % level),
    startMs: rows.map(
      (row) => blockOf(row) * 1000 + Math.floor((row % callsPerRound) / level) * baseMs * level,
    ),
    durationMs,
    serverMs: rows.map((row) => (failed(row) ? null : (durationMs[row] as number) / 4)),
    firstByteMs: rows.map((row) => (protocol === "grpc" ? null : (durationMs[row] as number) / 2)),
    ok: rows.map((row) => (failed(row) ? 0 : 1)),
    status: rows.map(() => (protocol === "grpc" ? 0 : 200)),
    error: rows.map((row) => (failed(row) ? 1 : 0)),
    bytesSent: rows.map(() => 43),
    bytesReceived: rows.map(() => 12),
    connectionId: rows.map(() => 0),
    warmup: rows.map((row) => (blockOf(row) === 0 ? 1 : 0)),
  };
}
