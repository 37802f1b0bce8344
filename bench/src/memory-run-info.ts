import { readEnvironment } from "wirelab/dist/record/environment.js";
import type { RunInfo } from "wirelab/dist/record/run-info.js";

/** A run of one round of one arm, as it stands in `run.json` while it goes on. */
export function memoryRunInfo(calls: number): RunInfo {
  return {
    format: 1,
    name: "memory",
    work: "increment",
    startedAt: new Date().toISOString(),
    finishedAt: null,
    status: "running",
    reason: null,
    environment: readEnvironment(),
    seed: 1,
    host: "child",
    arms: [],
    pairs: 1,
    blocks: 1,
    warmupBlocks: 0,
    primeCalls: 0,
    callsPerRound: calls,
    load: null,
    clients: 1,
    timeoutMs: 5000,
    link: null,
    servers: [],
    tls: false,
    input: null,
    size: null,
    predictions: [],
    processors: null,
    order: [[["rest"]]],
    warmFromBlock: [0],
    warnings: [],
    leftOut: [],
    usageMissing: null,
    stopAfter: {},
    loadRounds: [],
    usage: [],
    wire: [],
  };
}
