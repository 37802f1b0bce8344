import { findArm } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import type { MeasureOptions } from "../../experiment/measure.js";
import type { Protocol } from "../../hosts/host.js";
import type { Load } from "../../record/load-info.js";
import type { Engine } from "./engine-names.js";
import { armOf } from "./engines.js";
import { checkMaster } from "./master.js";

/** What is loaded, how, and by whom. */
export interface LoadOptions
  extends Pick<
    MeasureOptions,
    "size" | "stopAfter" | "timeoutMs" | "seed" | "runsFolder" | "onProgress" | "signal"
  > {
  readonly work: string;
  /** Ways of calling, e.g. `rest`; each runs the load by itself. */
  readonly arms: readonly string[];
  readonly load: Load;
  /** Default `embedded`. */
  readonly engine?: Engine;
  /** Processes that make the calls and share the load. Default 1. */
  readonly workers?: number;
  /** Lets Locust's workers join from other machines, anew for every round. Default: they are started here. */
  readonly master?: NonNullable<MeasureOptions["locustMaster"]>;
  /** How often each arm runs the load, in turns; an interval around a ratio takes several. Default 1. */
  readonly rounds?: number;
  /** Servers that run already. Default: the lab starts one for each arm, in a fresh process. */
  readonly remote?: NonNullable<MeasureOptions["remote"]>;
  /** Processes of each server that the lab starts. Default 1. */
  readonly serverWorkers?: number;
  /**
   * Calls of each arm before its first load, which are not counted: the compilers of fresh processes need to see some. Default
   * as `measure` has it for servers that the lab starts, and 0 for others, which are asked for the load and nothing else.
   */
  readonly warmUpCalls?: number;
}

/** A load as a run of one pair of fresh processes; wrong options are `usage` errors. */
export function planLoad(options: LoadOptions): MeasureOptions {
  const { engine = "embedded", arms, rounds = 1, workers = 1, ...others } = options;
  const { serverWorkers = 1, warmUpCalls, master, ...rest } = others;
  const { remote, work, signal } = rest;
  if (remote !== undefined && serverWorkers > 1) {
    throw new WirelabError(
      "usage",
      "Servers that run already have the workers they have: leave the servers' workers out, or their addresses.",
    );
  }
  if (master !== undefined) checkMaster(master, { engine, remote: remote ?? null });
  return {
    ...rest,
    name: `load-${work}`,
    host: remote === undefined ? "child" : "remote",
    arms: arms.map((name, number) => ({
      name,
      arm: armOf(name, { engine, work }),
      server: remote === undefined ? number : 0,
      workers: serverWorkers,
    })),
    clients: workers,
    ...(master !== undefined && { locustMaster: { ...master, ...(signal !== undefined && { signal }) } }),
    pairs: 1,
    blocks: rounds,
    ...warmUp(warmUpCalls ?? (remote === undefined ? null : 0)),
  };
}

/** The protocols that the arms call. */
export function protocolsOf(arms: readonly string[]): readonly Protocol[] {
  const called = arms.map((arm) => findArm(arm).protocol);
  return (["rest", "grpc"] as const).filter((protocol) => called.includes(protocol));
}

function warmUp(calls: number | null): Pick<MeasureOptions, "warmupBlocks" | "primeCalls"> {
  if (calls === null) return {};
  return calls === 0 ? { warmupBlocks: 0, primeCalls: 0 } : { primeCalls: calls };
}
