import { WirelabError } from "../../errors.js";
import type { RoundPart } from "../../record/calls.js";
import type { FrameResult } from "../../record/log/frame.js";
import { decodeRoundPart } from "../../record/log/round-part.js";
import type { RoundReport } from "../clients/client.js";
import {
  leadArguments,
  type MasterAddress,
  masterArguments,
  type UsersOptions,
  workerArguments,
} from "./locust-command.js";
import { LocustProcess } from "./locust-process.js";
import type { LocustWorkers } from "./workers.js";

/** What Locust is started with. */
export interface SwarmOptions extends UsersOptions {
  readonly python: string;
  readonly processor: number | null;
  readonly workers: LocustWorkers;
}

/** What a process of Locust is told when its users are to begin, as `servers/python/locust/share.py` has it. */
export interface BeginLine {
  readonly beginMs: number;
  readonly originNs: string;
  readonly place: { readonly arm: string; readonly pair: number; readonly block: number };
  readonly round: {
    readonly work: string;
    readonly size: number | null;
    readonly think_ms: readonly [number, number];
    readonly seed: number;
    /** Null for so many calls. */
    readonly run_time_ms: number | null;
    readonly most_calls: number | null;
    readonly most_failures: number | null;
    readonly failures_in_a_row: number | null;
    readonly timeout_ms: number;
  };
}

/** Frames of Locust besides calls. */
type Said =
  | { readonly type: "listening"; readonly port: number }
  | { readonly type: "ready" }
  | ({ readonly type: "round-end" } & (RoundReport | LostReport))
  | { readonly type: "failed"; readonly message: string };

/** What is left to say when a worker was lost. */
interface LostReport {
  readonly end: { readonly status: "lost"; readonly reason: string };
}

/** The processes of Locust that make one round: one, or a master and its workers. */
export class Swarm {
  private readonly options: SwarmOptions;
  private readonly processes: LocustProcess[] = [];
  private readonly said: Said[] = [];
  private wake: () => void = () => {};
  private onPart: (part: RoundPart) => void = () => {};
  private failure: WirelabError | null = null;
  private lostWorkers: string[] = [];

  private constructor(options: SwarmOptions) {
    this.options = options;
  }

  /** Starts Locust and resolves when its users could begin; a `client-failed` error where it does not come so far. */
  static async start(options: SwarmOptions): Promise<Swarm> {
    const swarm = new Swarm(options);
    try {
      await swarm.start();
      return swarm;
    } catch (error) {
      await swarm.stop();
      throw error;
    }
  }

  /** Its processes; none where those that call are elsewhere: what the master uses tells nothing of them. */
  get pids(): readonly number[] {
    return this.options.workers.startedBy === "us" ? this.processes.map(({ pid }) => pid) : [];
  }

  /** Lets the users begin, and resolves when all of their calls are told. The processes stay, so that they can be read. */
  async run(line: BeginLine, onPart: (part: RoundPart) => void, signal: AbortSignal): Promise<RoundReport> {
    this.onPart = onPart;
    const interrupt = () => this.interrupt();
    signal.addEventListener("abort", interrupt);
    try {
      this.lead.send({ do: "begin", ...line });
      if (signal.aborted || this.lostWorkers.length > 0) interrupt();
      const report = await this.next("round-end");
      const [lost] = this.lostWorkers;
      if (lost !== undefined) throw failed(lost);
      if (report.end.status === "lost") throw failed(report.end.reason);
      const { end, load, wire } = report as RoundReport;
      return { end, load, wire };
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }

  private async start(): Promise<void> {
    const { workers } = this.options;
    if (workers.count === 0) {
      this.startLead([]);
      await this.next("ready");
      return;
    }
    this.startLead(
      masterArguments(workers.master, { workers: workers.count, joinWithinMs: workers.joinWithinMs }),
    );
    const { port } = await this.next("listening");
    const master = { ...workers.master, port };
    if (workers.startedBy === "us") this.startWorkers(workers.count, master);
    const stopWaiting = () =>
      this.fail(new WirelabError("interrupted", "Waiting for Locust's workers was interrupted."));
    workers.signal?.addEventListener("abort", stopWaiting);
    try {
      workers.onWaiting(master);
      if (workers.signal?.aborted) stopWaiting();
      await this.next("ready");
    } finally {
      workers.signal?.removeEventListener("abort", stopWaiting);
    }
  }

  private startLead(more: readonly string[]): void {
    const { python, processor } = this.options;
    const args = [...leadArguments(this.options), ...more];
    const onEnd = (how: string) => this.fail(this.cannotListen(how) ?? failed(`Locust ${how}`));
    this.processes.push(
      new LocustProcess({ python, args, processor, onEnd, onFrame: (frame) => this.take(frame) }),
    );
  }

  private startWorkers(count: number, master: MasterAddress): void {
    const { python, processor, arm } = this.options;
    for (let worker = 1; worker <= count; worker++) {
      const onEnd = (how: string) => {
        this.lostWorkers.push(`worker ${worker} of ${count} of Locust ${how}`);
        this.interrupt();
        this.wake();
      };
      this.processes.push(
        new LocustProcess({ python, args: workerArguments(arm, master), processor, onEnd }),
      );
    }
  }

  private interrupt(): void {
    this.lead.send({ do: "interrupt", lost: this.lostWorkers.length });
  }

  private get lead(): LocustProcess {
    const [lead] = this.processes;
    if (lead === undefined) throw new Error("it has no process yet");
    return lead;
  }

  private take(result: FrameResult): void {
    if (result.kind === "damaged") {
      this.fail(failed(`Locust sent what is no frame: ${result.reason}`));
      return;
    }
    const said = result.frame.header as unknown as Said | { readonly type: "calls" };
    if (said.type === "calls") {
      const decoded = decodeRoundPart(result.frame);
      if (decoded.kind === "part") this.onPart(decoded.part);
      else this.fail(failed(`Locust sent calls that cannot be read: ${decoded.reason}`));
    } else if (said.type === "failed") {
      this.fail(failed(said.message));
    } else {
      this.said.push(said);
      this.wake();
    }
  }

  /** The next thing that it says, which has to be of that kind. */
  private async next<Type extends Said["type"]>(type: Type): Promise<Extract<Said, { type: Type }>> {
    while (this.said.length === 0) {
      if (this.failure !== null) throw this.failure;
      // Before it is ready, nothing it says tells of a worker that did not come up.
      if (type === "ready" && this.lostWorkers[0] !== undefined) throw failed(this.lostWorkers[0]);
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    const said = this.said.shift() as Said;
    if (said.type !== type) throw failed(`Locust said ${said.type} in place of ${type}`);
    return said as Extract<Said, { type: Type }>;
  }

  private fail(error: WirelabError): void {
    this.failure ??= error;
    this.wake();
  }

  private cannotListen(how: string): WirelabError | null {
    const { workers } = this.options;
    const { host, port } = workers.master;
    if (/Cannot assign requested address|No such device/.test(how)) {
      return new WirelabError(
        "usage",
        `${host} is no address of this machine, so Locust's master cannot listen there: give one that is, by which its workers reach it.`,
      );
    }
    // Locust has a sentence of its own for it, which the messages of newer ZeroMQs miss.
    if (!/Address already in use/.test(how)) return null;
    return new WirelabError(
      "port-in-use",
      `Port ${port} of ${host} is taken, so Locust's master cannot listen there: end what uses it, or choose another.`,
    );
  }
}

function failed(what: string): WirelabError {
  return new WirelabError("client-failed", `The client process failed: ${what}`);
}
