import type { CallingArm, OpenArm } from "../../arms/arm.js";
import { readOperation } from "../../arms/operation/open.js";
import { Secrets } from "../../arms/operation/secrets.js";
import { findOwnArm, findWorkload } from "../../arms/registry.js";
import type { AnyWorkload, CallFlow } from "../../arms/workload.js";
import { readInput } from "../../arms/works/input-file.js";
import { WirelabError } from "../../errors.js";
import type { RoundPart } from "../../record/calls.js";
import { runBatch } from "../../schedule/batch.js";
import { runChain } from "../../schedule/chain.js";
import { runClosedLoad } from "../../schedule/closed-load.js";
import { runOpenLoad } from "../../schedule/open-load.js";
import { Pace, pause } from "../../schedule/pace.js";
import type { RoundOptions } from "../../schedule/round.js";
import { type LoadOptions, partOf, type Share } from "../../schedule/running-load.js";
import { watchLoop } from "../loop-use.js";
import { sinceMs } from "../run-clock.js";
import type {
  ChainRequest,
  Client,
  ClientStart,
  LoadRequest,
  RoundReport,
  RoundRequest,
  UsersRequest,
} from "./client.js";

/** An arm that stays open for the whole pair, and how to open it once more. */
interface ClientArm {
  readonly flow: CallFlow<unknown, unknown>;
  readonly own: OpenArm<unknown, unknown>;
  open(callers: number, purpose?: { readonly isLoad: boolean }): OpenArm<unknown, unknown>;
}

/** A client in this process: what a client process runs, and what hosts that share our process are called by. */
export class LocalClient implements Client {
  readonly pids = [process.pid];
  private readonly arms: ReadonlyMap<string, ClientArm>;
  private readonly clockOffsetMs: number;
  private readonly failuresInARow: number;
  private readonly share: Share;
  private readonly secrets = new Secrets();
  private readonly pace = new Pace();
  private users: OpenArm<unknown, unknown> | null = null;

  constructor(start: ClientStart) {
    this.failuresInARow = start.failuresInARow;
    this.share = start.share;
    const { work, input, size } = start;
    let workload: AnyWorkload | null = null;
    // Only where an arm does it: a service has none.
    const workOnce = () => {
      workload ??= findWorkload(work, { input: input && readInput(input), size });
      return workload;
    };
    this.arms = new Map(
      start.arms.map((arm) => [
        arm.name,
        arm.operation === undefined
          ? this.openArm(arm, workOnce(), start.timeoutMs)
          : this.openOperation(arm, arm.operation, start),
      ]),
    );
    // performance.now starts with the process.
    this.clockOffsetMs = sinceMs(start.originNs) - performance.now();
  }

  async openUsers({ arm, users }: UsersRequest): Promise<void> {
    await this.users?.close();
    this.users = this.findArm(arm).open(partOf(this.share, users), { isLoad: true });
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
    { flow, own, open }: ClientArm,
    request: ChainRequest,
    options: RoundOptions,
  ): Promise<RoundReport> {
    if (own.kind === "batch") return { end: runBatch(own, options), load: null, wire: null };
    const { calls, extraCallers } = request;
    const turn = this.turnOf(request, options.signal);
    const chain = { ...options, calls, turn, failuresInARow: this.failuresInARow };
    const run = async ({ callers, watch }: CallingArm<unknown, unknown>) => {
      if (watch === undefined) return { end: await runChain(callers, flow, chain), load: null };
      watch.begin();
      const end = await runChain(callers, flow, chain).catch(async (error) => {
        // Left on, it would watch what else this process calls.
        await watch.end();
        throw error;
      });
      return { end, load: null, instants: await watch.end() };
    };
    return extraCallers === undefined ? overWire(own, run) : once(open(extraCallers), run);
  }

  /** What is waited for before each call. */
  private turnOf(
    { leastGapMs, pauseMs }: ChainRequest,
    signal: AbortSignal | undefined,
  ): (() => Promise<void>) | undefined {
    if (leastGapMs !== undefined) return () => this.pace.turn(leastGapMs, signal);
    return pauseMs === undefined ? undefined : () => pause(pauseMs, signal);
  }

  private runLoad(
    { load, mostCalls, mostFailures }: LoadRequest,
    options: Omit<LoadOptions, "share" | "mostCalls" | "mostFailures">,
  ): Promise<RoundReport> {
    const { share } = this;
    const { flow } = this.findArm(options.arm);
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
        ? runClosedLoad(callers, flow, load, { ...options, ...most, share })
        : runOpenLoad(callers, flow, load, { ...options, ...most, share }));
      return { end, load: { ...report, loopUse: loop.stop() } };
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.users?.close(), ...[...this.arms.values()].map(({ own }) => own.close())]);
  }

  /** The text with what is secret put back to its references. */
  redact(text: string): string {
    return this.secrets.redact(text);
  }

  private openArm(
    { arm, callers, endpoints }: ClientStart["arms"][number],
    workload: AnyWorkload,
    timeoutMs: number,
  ): ClientArm {
    const nextConnectionId = this.connectionIds();
    const open: ClientArm["open"] = (count, purpose) =>
      findOwnArm(arm).open({ workload, endpoints, callers: count, timeoutMs, nextConnectionId, ...purpose });
    return { flow: workload, own: open(callers), open };
  }

  private openOperation(
    { callers }: ClientStart["arms"][number],
    { name, prepared, seed }: NonNullable<ClientStart["arms"][number]["operation"]>,
    { timeoutMs }: ClientStart,
  ): ClientArm {
    const { secrets, share } = this;
    const operation = readOperation(prepared, { name, secrets });
    const nextConnectionId = this.connectionIds();
    let openings = 0;
    const open = (count: number) => {
      const opening = openings++;
      const place = (number: number) => {
        const caller = number * share.of + share.client;
        // Steps that no few openings and callers bring to the same seed.
        const drawn = (seed + 7_368_787 * opening + 104_729 * caller) % 2 ** 31;
        return { caller, callers: count * share.of, seed: drawn };
      };
      // What a schedule hands to an operation, and takes from it, is nothing.
      return operation.open({ callers: count, timeoutMs, nextConnectionId, place }) as OpenArm<
        unknown,
        unknown
      >;
    };
    return { flow: operationFlow, own: open(callers), open };
  }

  private connectionIds(): () => number {
    let connections = 0;
    const { client, of } = this.share;
    return () => connections++ * of + client;
  }
}

/** An operation draws its own inputs. */
const operationFlow: CallFlow<unknown, unknown> = { first: null, next: () => null };

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
