import { startChildClient } from "wirelab/dist/experiment/child-client.js";
import { RoundSums } from "wirelab/dist/experiment/rounds.js";
import type { Endpoints } from "wirelab/dist/hosts/host.js";
import type { RoundPart } from "wirelab/dist/record/calls.js";
import { alone } from "wirelab/dist/schedule/load-round.js";

/** What a round says of a client. */
export interface LabRound {
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
  return { medianMs, callsPerSecond };
}

/** One arm in a client process of its own, as a run has it. */
export interface LabClient {
  /** Runs a round of so many calls, all callers together. */
  round(calls: number): Promise<LabRound>;
  stop(): Promise<void>;
}

/** How a client is started. */
export interface LabClientOptions {
  readonly endpoints: Endpoints;
  readonly callers: number;
  /** Null leaves it to the system. */
  readonly processor: number | null;
  readonly signal: AbortSignal;
}

/** Starts a client process with one arm on `processor`. */
export async function startLabClient(
  arm: string,
  { endpoints, callers, processor, signal }: LabClientOptions,
): Promise<LabClient> {
  const start = {
    work: "increment",
    input: null,
    size: null,
    arms: [{ name: arm, arm, callers, endpoints }],
    timeoutMs: 5000,
    failuresInARow: 5,
    share: alone,
    originNs: process.hrtime.bigint().toString(),
  };
  const client = await startChildClient(start, { processor });
  return {
    async round(calls) {
      const parts: RoundPart[] = [];
      await client.run({ arm, pair: 0, block: 0, calls }, (part) => parts.push(part), signal);
      signal.throwIfAborted();
      return labRound(arm, parts);
    },
    stop: () => client.stop(),
  };
}
