import { mean, median } from "simple-statistics";
import type { Calls } from "../../record/calls.js";
import type { RunInfo } from "../../record/run-info.js";
import { loadUseOf } from "../../schedule/load-use.js";
import { eachWarmRow } from "../rounds/warm-rows.js";

/** What an arm's clients used to load its server, and what came back. */
export interface LoadCost {
  /** Users who had begun by the end, in the middle round; what the run says of its callers where it had no load. */
  readonly users: number;
  /** Processor time of all client processes, a call; a call that failed counts as one. */
  readonly clientCpuMsPerCall: number | null;
  /**
   * Share of a processor that a client process used after the ramp, until the run time was over, in the middle round: what
   * the warning of a client that measures itself goes by. What it cannot exceed by much is 1.
   */
  readonly clientBusy: number | null;
  /** Share of the same time in which the event loop of the busiest client process had something to do. */
  readonly clientLoopUse: number | null;
  /** Body of an answer, of the calls that succeeded; its mean. */
  readonly answerBytes: number | null;
}

/** What of a run tells it. */
type LoadFacts = Pick<RunInfo, "arms" | "usage" | "load" | "loadRounds" | "clients" | "warmupBlocks">;

/** What one arm's load cost its clients. */
export function loadCostOf(calls: Calls, arm: string, info: LoadFacts): LoadCost {
  const rounds = info.loadRounds.filter((round) => round.arm === arm);
  const { load, clients } = info;
  const used = load === null ? [] : rounds.map((round) => loadUseOf(round, load));
  const callers = info.arms.find(({ name }) => name === arm)?.callers ?? 1;
  return {
    users: rounds.length === 0 ? callers : median(rounds.map(({ usersStarted }) => usersStarted)),
    clientCpuMsPerCall: clientCpuMsPerCall(arm, info),
    clientBusy: middle(used.map(({ client }) => client && client / clients)),
    clientLoopUse: middle(used.map(({ loop }) => loop)),
    answerBytes: answerBytesOf(calls, arm),
  };
}

function clientCpuMsPerCall(arm: string, { usage, warmupBlocks }: LoadFacts): number | null {
  const own = usage.filter((round) => round.arm === arm && round.block >= warmupBlocks);
  const calls = own.reduce((sum, round) => sum + round.calls, 0);
  if (calls === 0 || own.some(({ clientCpuMs }) => clientCpuMs === null)) return null;
  return own.reduce((sum, { clientCpuMs }) => sum + (clientCpuMs ?? 0), 0) / calls;
}

function middle(shares: readonly (number | null)[]): number | null {
  const known = shares.filter((share) => share !== null);
  return known.length === 0 ? null : median(known);
}

function answerBytesOf(calls: Calls, arm: string): number | null {
  const number = calls.armNames.indexOf(arm);
  const sizes: number[] = [];
  eachWarmRow(calls, (own, row) => {
    const bytes = calls.bytesReceived[row] as number;
    if (own === number && !Number.isNaN(bytes)) sizes.push(bytes);
  });
  return sizes.length === 0 ? null : mean(sizes);
}
