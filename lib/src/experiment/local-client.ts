import type { CallingArm, OpenArm } from "../arms/arm.js";
import { readInput } from "../arms/input-file.js";
import { findArm, findWorkload } from "../arms/registry.js";
import type { AnyWorkload } from "../arms/workload.js";
import { WirelabError } from "../errors.js";
import type { RoundPart } from "../record/calls.js";
import { runBatch } from "../schedule/batch.js";
import { runClosed } from "../schedule/closed.js";
import type { RoundEnd } from "../schedule/round.js";
import type { Client, ClientStart, RoundRequest } from "./client.js";

/** An arm that stays open for the whole pair, and how to open it once more. */
interface ClientArm {
  readonly own: OpenArm<unknown, unknown>;
  open(callers: number): OpenArm<unknown, unknown>;
}

/** A client in this process: what a client process runs, and what hosts that share our process are called by. */
export class LocalClient implements Client {
  readonly pid = process.pid;
  private readonly workload: AnyWorkload;
  private readonly arms: ReadonlyMap<string, ClientArm>;
  private readonly clockOffsetMs: number;
  private readonly failuresInARow: number;

  constructor(start: ClientStart) {
    this.workload = findWorkload(start.work, start.input && readInput(start.input));
    this.failuresInARow = start.failuresInARow;
    this.arms = new Map(start.arms.map((arm) => [arm.name, this.openArm(arm, start.timeoutMs)]));
    // hrtime is the machine's monotonic clock, which all processes share; performance.now starts with the process.
    this.clockOffsetMs = Number(process.hrtime.bigint() - BigInt(start.originNs)) / 1e6 - performance.now();
  }

  async run(round: RoundRequest, onPart: (part: RoundPart) => void, signal: AbortSignal): Promise<RoundEnd> {
    const arm = this.arms.get(round.arm);
    if (arm === undefined)
      throw new WirelabError("usage", `This client was not started with "${round.arm}".`);
    const { clockOffsetMs, failuresInARow } = this;
    const options = { ...round, clockOffsetMs, failuresInARow, onPart, signal };
    if (arm.own.kind === "batch") return runBatch(arm.own, options);
    if (round.extraCallers === undefined) return runClosed(arm.own.callers, this.workload, options);
    const extra = arm.open(round.extraCallers) as CallingArm<unknown, unknown>;
    try {
      return await runClosed(extra.callers, this.workload, options);
    } finally {
      await extra.close();
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.arms.values()].map(({ own }) => own.close()));
  }

  private openArm({ arm, callers, endpoints }: ClientStart["arms"][number], timeoutMs: number): ClientArm {
    let connections = 0;
    const nextConnectionId = () => connections++;
    const open = (count: number) =>
      findArm(arm).open({ workload: this.workload, endpoints, callers: count, timeoutMs, nextConnectionId });
    return { own: open(callers), open };
  }
}
