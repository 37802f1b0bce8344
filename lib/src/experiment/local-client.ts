import type { CallingArm, OpenArm } from "../arms/arm.js";
import { readInput } from "../arms/input-file.js";
import { findOwnArm, findWorkload } from "../arms/registry.js";
import type { AnyWorkload } from "../arms/workload.js";
import { WirelabError } from "../errors.js";
import type { RoundPart } from "../record/calls.js";
import { runBatch } from "../schedule/batch.js";
import { runChain } from "../schedule/chain.js";
import { runClosedLoad } from "../schedule/closed-load.js";
import { runOpenLoad } from "../schedule/open-load.js";
import type { RoundOptions } from "../schedule/round.js";
import { type LoadOptions, partOf, type Share } from "../schedule/running-load.js";
import type {
  ChainRequest,
  Client,
  ClientStart,
  LoadRequest,
  RoundReport,
  RoundRequest,
  UsersRequest,
} from "./client.js";
import { watchLoop } from "./loop-use.js";
import { sinceMs } from "./run-clock.js";

/** An arm that stays open for the whole pair, and how to open it once more. */
interface ClientArm {
  readonly own: OpenArm<unknown, unknown>;
  open(callers: number): OpenArm<unknown, unknown>;
}

/** A client in this process: what a client process runs, and what hosts that share our process are called by. */
export class LocalClient implements Client {
  readonly pids = [process.pid];
  private readonly workload: AnyWorkload;
  private readonly arms: ReadonlyMap<string, ClientArm>;
  private readonly clockOffsetMs: number;
  private readonly failuresInARow: number;
  private readonly share: Share;
  private users: OpenArm<unknown, unknown> | null = null;

  constructor(start: ClientStart) {
    this.workload = findWorkload(start.work, {
      input: start.input && readInput(start.input),
      size: start.size,
    });
    this.failuresInARow = start.failuresInARow;
    this.share = start.share;
    this.arms = new Map(start.arms.map((arm) => [arm.name, this.openArm(arm, start.timeoutMs)]));
    // performance.now starts with the process.
    this.clockOffsetMs = sinceMs(start.originNs) - performance.now();
  }

  async openUsers({ arm, users }: UsersRequest): Promise<void> {
    await this.users?.close();
    this.users = this.findArm(arm).open(partOf(this.share, users));
  }

  async run(
    round: RoundRequest,
    onPart: (part: RoundPart) => void,
    signal: AbortSignal,
  ): Promise<RoundReport> {
    const { clockOffsetMs } = this;
    const options = { clockOffsetMs, onPart, signal };
    if ("load" in round) return this.runLoad(round, { ...round, ...options });
    return this.runChain(this.findArm(round.arm), round, { ...round, ...options });
  }

  private findArm(name: string): ClientArm {
    const arm = this.arms.get(name);
    if (arm !== undefined) return arm;
    throw new WirelabError("usage", `This client was not started with "${name}".`);
  }

  private async runChain(
    { own, open }: ClientArm,
    { calls, extraCallers }: ChainRequest,
    options: RoundOptions,
  ): Promise<RoundReport> {
    if (own.kind === "batch") return { end: runBatch(own, options), load: null, wire: null };
    const chain = { ...options, calls, failuresInARow: this.failuresInARow };
    const run = async ({ callers, watch }: CallingArm<unknown, unknown>) => {
      if (watch === undefined) return { end: await runChain(callers, this.workload, chain), load: null };
      watch.begin();
      const end = await runChain(callers, this.workload, chain).catch(async (error) => {
        // Left on, it would watch what else this process calls.
        await watch.end();
        throw error;
      });
      return { end, load: null, instants: await watch.end() };
    };
    return extraCallers === undefined ? overWire(own, run) : once(open(extraCallers), run);
  }

  private runLoad(
    { load, mostCalls, mostFailures }: LoadRequest,
    options: Omit<LoadOptions, "share" | "mostCalls" | "mostFailures">,
  ): Promise<RoundReport> {
    const { share, workload } = this;
    const most = {
      mostCalls: mostCalls === null ? Infinity : partOf(share, mostCalls),
      mostFailures: Math.max(1, mostFailures === null ? Infinity : partOf(share, mostFailures)),
    };
    if (this.users === null) throw new WirelabError("usage", "A load needs its users opened before it.");
    const { users } = this;
    this.users = null;
    return once(users, async ({ callers }) => {
      const loop = watchLoop(options.beginMs - options.clockOffsetMs);
      const { end, ...report } = await (load.kind === "closed"
        ? runClosedLoad(callers, workload, load, { ...options, ...most, share })
        : runOpenLoad(callers, workload, load, { ...options, ...most, share }));
      return { end, load: { ...report, loopUse: loop.stop() } };
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.users?.close(), ...[...this.arms.values()].map(({ own }) => own.close())]);
  }

  private openArm({ arm, callers, endpoints }: ClientStart["arms"][number], timeoutMs: number): ClientArm {
    let connections = 0;
    const { client, of } = this.share;
    const nextConnectionId = () => connections++ * of + client;
    const open = (count: number) =>
      findOwnArm(arm).open({
        workload: this.workload,
        endpoints,
        callers: count,
        timeoutMs,
        nextConnectionId,
      });
    return { own: open(callers), open };
  }
}

/** Runs a round with an arm that is closed after it. */
async function once(arm: OpenArm<unknown, unknown>, run: RunWith): Promise<RoundReport> {
  try {
    return await overWire(arm as CallingArm<unknown, unknown>, run);
  } finally {
    await arm.close();
  }
}

type RunWith = (arm: CallingArm<unknown, unknown>) => Promise<Omit<RoundReport, "wire">>;

async function overWire(arm: CallingArm<unknown, unknown>, run: RunWith): Promise<RoundReport> {
  const before = arm.wire();
  const report = await run(arm);
  const after = arm.wire();
  const sentBytes = after.sentBytes - before.sentBytes;
  const receivedBytes = after.receivedBytes - before.receivedBytes;
  return { ...report, wire: { sentBytes, receivedBytes } };
}
