import { startChildClient } from "wirelab/dist/experiment/child-client.js";
import { summariseRound } from "wirelab/dist/experiment/rounds.js";
import type { Endpoints } from "wirelab/dist/hosts/host.js";
import type { RoundPart } from "wirelab/dist/record/calls.js";

/** The median of one recorded round, in ms; throws when a call of it failed. */
export function medianOfRound(arm: string, parts: readonly RoundPart[]): number {
  const { medianMs, failed, calls } = summariseRound({ arm, pair: 0, block: 0 }, null, parts);
  if (medianMs === null || failed > 0) throw new Error(`${failed} of ${calls} calls of ${arm} failed`);
  return medianMs;
}

/** One arm in a client process of its own, as a run has it. */
export interface LabClient {
  /** Runs a round and gives its median, in ms. */
  round(calls: number): Promise<number>;
  stop(): Promise<void>;
}

/** Starts a client process with one arm on `processor`; null leaves it to the system. */
export async function startLabClient(
  arm: string,
  { endpoints, processor, signal }: { endpoints: Endpoints; processor: number | null; signal: AbortSignal },
): Promise<LabClient> {
  const start = {
    work: "increment",
    input: null,
    arms: [{ name: arm, arm, callers: 1, endpoints }],
    timeoutMs: 5000,
    failuresInARow: 5,
    originNs: process.hrtime.bigint().toString(),
  };
  const client = await startChildClient(start, { processor });
  return {
    async round(calls) {
      const parts: RoundPart[] = [];
      await client.run({ arm, pair: 0, block: 0, calls }, (part) => parts.push(part), signal);
      signal.throwIfAborted();
      return medianOfRound(arm, parts);
    },
    stop: () => client.stop(),
  };
}
