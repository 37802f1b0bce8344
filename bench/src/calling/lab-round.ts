import { startChildClient } from "wirelab/dist/experiment/clients/child-client.js";
import type { Client } from "wirelab/dist/experiment/clients/client.js";
import { type ClientCommand, nodeCommand } from "wirelab/dist/experiment/clients/client-command.js";
import { RoundSums } from "wirelab/dist/experiment/rounds.js";
import type { Endpoints } from "wirelab/dist/hosts/host.js";
import { cpuMsBetween, type ProcessUsage, readProcessUsage } from "wirelab/dist/hosts/process-usage.js";
import type { RoundPart } from "wirelab/dist/record/calls.js";
import { alone } from "wirelab/dist/schedule/running-load.js";
import type { Missing } from "wirelab/dist/stats/missing.js";
import type { Cost } from "../peers/tool.js";

/** When a call of these clients is given up. */
export const labTimeoutMs = 5000;

/** What a round says of a client. */
export interface LabRound {
  readonly calls: number;
  readonly medianMs: number;
  readonly callsPerSecond: number;
}

/** Sums up one recorded round; throws when a call of it failed. */
export function labRound(arm: string, parts: readonly RoundPart[]): LabRound {
  const sums = new RoundSums();
  for (const part of parts) sums.add(part);
  const summary = sums.summary({ arm, pair: 0, block: 0 }, null);
  const { medianMs, callsPerSecond, failed, calls } = summary;
  if (medianMs === null || callsPerSecond === null || failed > 0) {
    throw new Error(`${failed} of ${calls} calls of ${arm} failed`);
  }
  return { calls, medianMs, callsPerSecond };
}

/** One arm in a client process of its own, as a run has it. */
export interface LabClient {
  /** Runs a round of so many calls, all callers together; NaN where this system does not tell what it used. */
  round(calls: number): Promise<LabRound & Cost>;
  stop(): Promise<void>;
}

/** How a client is started. */
export interface LabClientOptions {
  readonly endpoints: Endpoints;
  readonly callers: number;
  /** Null leaves it to the system. */
  readonly processor: number | null;
  readonly signal: AbortSignal;
  /** Default: the client of TypeScript's arms. */
  readonly command?: ClientCommand;
}

/** Starts a client process with one arm on `processor`. */
export async function startLabClient(
  arm: string,
  {
    endpoints,
    callers,
    processor,
    signal,
    command = nodeCommand(process.execPath, { isLoad: false }),
  }: LabClientOptions,
): Promise<LabClient> {
  const start = {
    work: "increment",
    input: null,
    size: null,
    arms: [{ name: arm, arm, callers, endpoints }],
    timeoutMs: labTimeoutMs,
    failuresInARow: 5,
    share: alone,
    originNs: process.hrtime.bigint().toString(),
  };
  const client = await startChildClient(start, { command, processor });
  return {
    async round(calls) {
      const parts: RoundPart[] = [];
      const before = usageOf(client);
      await client.run({ arm, pair: 0, block: 0, calls }, (part) => parts.push(part), signal);
      const cpuMs = cpuMsSince(before, usageOf(client));
      signal.throwIfAborted();
      return { ...labRound(arm, parts), cpuMs };
    },
    stop: () => client.stop(),
  };
}

function usageOf({ pids }: Client): ProcessUsage | Missing {
  return readProcessUsage(pids[0] ?? Number.NaN);
}

function cpuMsSince(before: ProcessUsage | Missing, after: ProcessUsage | Missing): number {
  if ("missing" in before || "missing" in after) return Number.NaN;
  const cpuMs = cpuMsBetween(before, after);
  return typeof cpuMs === "number" ? cpuMs : Number.NaN;
}
