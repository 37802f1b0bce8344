import type { OpenArm } from "../arms/arm.js";
import { findArm, findWorkload } from "../arms/registry.js";
import type { Workload } from "../arms/workload.js";
import { WirelabError } from "../errors.js";
import type { RoundPart } from "../record/calls.js";
import { runBatch } from "../schedule/batch.js";
import { runClosed } from "../schedule/closed.js";
import type { RoundEnd } from "../schedule/round.js";
import type { Client, ClientStart, RoundRequest } from "./client.js";

/** A client in this process: what a client process runs, and what hosts that share our process are called by. */
export class LocalClient implements Client {
  readonly pid = process.pid;
  private readonly workload: Workload<number, number>;
  private readonly arms: ReadonlyMap<string, OpenArm<number, number>>;
  private readonly clockOffsetMs: number;

  constructor(start: ClientStart) {
    const workload = findWorkload(start.work);
    const { timeoutMs } = start;
    this.workload = workload;
    this.arms = new Map(
      start.arms.map(({ name, arm, callers, endpoints }) => [
        name,
        findArm(arm).open({ workload, endpoints, callers, timeoutMs }),
      ]),
    );
    // hrtime is the machine's monotonic clock, which all processes share; performance.now starts with the process.
    this.clockOffsetMs = Number(process.hrtime.bigint() - BigInt(start.originNs)) / 1e6 - performance.now();
  }

  async run(round: RoundRequest, onPart: (part: RoundPart) => void, signal: AbortSignal): Promise<RoundEnd> {
    const arm = this.arms.get(round.arm);
    if (arm === undefined)
      throw new WirelabError("usage", `This client was not started with "${round.arm}".`);
    const options = { ...round, clockOffsetMs: this.clockOffsetMs, onPart, signal };
    return arm.kind === "batch" ? runBatch(arm, options) : runClosed(arm.callers, this.workload, options);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.arms.values()].map((arm) => arm.close()));
  }
}
