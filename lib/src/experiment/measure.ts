import { type LoadRound, type LoadSecond, runTimeOf } from "../record/load-info.js";
import { watchMachine } from "../record/machine/machine-watch.js";
import type { Run } from "../record/run.js";
import { createRun, type RunWriter } from "../record/run-folder.js";
import type {
  CountedCalls,
  RoundInstants,
  RoundUsage,
  RoundWire,
  RunInfo,
  Warning,
} from "../record/run-info.js";
import { defaultRunsFolder } from "../root.js";
import { checkCounts } from "./checks/check-counts.js";
import { checkLoads } from "./checks/check-loads.js";
import { checkLink, checkRounds, findWarm, type WarmPair } from "./checks/checks.js";
import { chooseProcessors, describeRun, type ProcessorChoice, type Processors } from "./describe-run.js";
import { listenForInterrupt } from "./interrupt.js";
import type { LocustMaster } from "./locust/workers.js";
import { runPair } from "./pair.js";
import { needsOfPlan, refuseUnmet } from "./plan/needs.js";
import { makePlan, type Plan } from "./plan/plan.js";
import type { PlanOptions } from "./plan/plan-options.js";
import { pythonOf } from "./plan/python-of-plan.js";
import type { Progress } from "./progress.js";
import { RecentRate } from "./recent-rate.js";
import type { RoundSummary } from "./rounds.js";
import { sinceMs } from "./run-clock.js";
import { Interrupted, reasonOf, StoppedRun } from "./stopped-run.js";
import type { UsedInRound } from "./usage.js";

/** A plan, and where it is carried out. */
export interface MeasureOptions extends PlanOptions {
  /**
   * Which processors client and server run on, where the system can pin them: one each, one for both, or as the system
   * likes. Default `own`.
   */
  readonly processors?: ProcessorChoice;
  /** Where the run folder is made. Default `$WIRELAB_RUNS`, else `data/runs` of the project. */
  readonly runsFolder?: string;
  /**
   * Lets the workers of Locust's arms, as many as `clients`, join by hand from other machines instead of starting them
   * here: anew for every round of a load. Default: all are started here.
   */
  readonly locustMaster?: LocustMaster;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the run early, keeping the calls so far; Ctrl-C and a kernel's interrupt do the same. */
  readonly signal?: AbortSignal;
}

/**
 * Measures arms against each other: pairs of fresh processes, blocks of one round of every arm in random order, every
 * call saved before anything is computed. Throws a `StoppedRun` when the run could not be finished: it
 * names the run folder, and holds what was measured until then.
 *
 * @example
 * const run = await measure({ arms: ["rest", "grpc"], pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 20 });
 */
export async function measure(options: MeasureOptions): Promise<Run> {
  const plan = makePlan(options);
  const elsewhere = options.locustMaster !== undefined;
  refuseUnmet(needsOfPlan(plan, { elsewhere }));
  const choice = options.processors ?? "own";
  const processors = chooseProcessors(plan, choice);
  const info = describeRun(plan, processors, choice, { python: await pythonOf(plan), elsewhere });
  const writer = await createRun(info, {
    runsFolder: options.runsFolder ?? defaultRunsFolder,
  });
  const interrupt = await listenForInterrupt(options.signal);
  try {
    return await new Measurement(plan, writer, processors, interrupt.signal, options).run();
  } finally {
    interrupt.off();
  }
}

class Measurement {
  private readonly originNs = process.hrtime.bigint().toString();
  private readonly rounds: RoundSummary[] = [];
  private readonly warm: WarmPair[] = [];
  private readonly pings: number[] = [];
  private readonly usage: RoundUsage[] = [];
  private readonly wire: RoundWire[] = [];
  private readonly instants: RoundInstants[] = [];
  private readonly loads: LoadRound[] = [];
  private readonly counted: CountedCalls[] = [];
  private readonly recent = new RecentRate();
  private usageMissing: string | null = null;
  private clientsMissing: string | null = null;
  private readonly watch = watchMachine();
  private readonly plan: Plan;
  private readonly writer: RunWriter;
  private readonly processors: Processors;
  private readonly signal: AbortSignal;
  private readonly onProgress: ((progress: Progress) => void) | undefined;
  private readonly locustMaster: LocustMaster | undefined;

  constructor(
    plan: Plan,
    writer: RunWriter,
    processors: Processors,
    signal: AbortSignal,
    { onProgress, locustMaster }: Pick<MeasureOptions, "onProgress" | "locustMaster">,
  ) {
    this.plan = plan;
    this.writer = writer;
    this.processors = processors;
    this.signal = signal;
    this.onProgress = onProgress;
    this.locustMaster = locustMaster;
  }

  async run(): Promise<Run> {
    try {
      for (let pair = 0; pair < this.plan.pairs; pair++) {
        const ended = await this.runPair(pair);
        if (ended === "interrupted") throw new Interrupted();
      }
      return await this.finish("finished", null);
    } catch (error) {
      const status = error instanceof Interrupted ? "interrupted" : "failed";
      const run = await this.finish(status, reasonOf(error));
      const calls = this.rounds.reduce((sum, round) => sum + round.calls, 0);
      throw new StoppedRun(run, { calls, cause: error });
    }
  }

  private async runPair(pair: number): Promise<"finished" | "interrupted"> {
    const ended = await runPair(this.plan, {
      pair,
      originNs: this.originNs,
      processors: this.processors,
      signal: this.signal,
      locustMaster: this.locustMaster,
      onPart: (part) => {
        this.writer.append(part);
        if (this.plan.load !== null) this.recent.add(part);
      },
      onRound: (round) => this.noteRound(round),
      onWire: (wire) => this.wire.push(wire),
      onInstants: (round) => this.instants.push(round),
      onUsage: (used) => this.noteUsage(used),
      onLoad: (round) => this.noteLoad(round),
      onSecond: (arm, second) => this.noteSecond(pair, arm, second),
      onRemotePids: (pids) => this.watch.include(pids),
      onCounted: (counted) => this.counted.push(counted),
      onPing: (pingMs) => this.pings.push(pingMs),
    });
    this.noteWarm(pair);
    return ended;
  }

  private noteRound(round: RoundSummary): void {
    this.rounds.push(round);
    const { pairs } = this.plan;
    const { medianMs, callsPerSecond } = round;
    this.tell({
      done: this.rounds.length,
      total: this.totalRounds(),
      phase: `pair ${round.pair + 1} of ${pairs}`,
      arm: round.arm,
      ...(medianMs !== null && { p50Ms: medianMs }),
      ...(callsPerSecond !== null && { callsPerSecond }),
    });
  }

  private totalRounds(): number {
    const { pairs, blocks, warmupBlocks, arms } = this.plan;
    return pairs * (blocks + warmupBlocks) * arms.length;
  }

  /** A load is long, so it is told how far it is. */
  private noteSecond(pair: number, arm: string, { atMs }: LoadSecond): void {
    const { pairs, load } = this.plan;
    const part = load === null ? 0 : Math.min(1, atMs / runTimeOf(load));
    const nowMs = sinceMs(this.originNs);
    const callsPerSecond = this.recent.perSecond({ nowMs, beginMs: nowMs - atMs });
    this.tell({
      done: Math.min(this.rounds.length + part, this.totalRounds()),
      total: this.totalRounds(),
      phase: `pair ${pair + 1} of ${pairs}`,
      arm,
      ...(callsPerSecond !== null && { callsPerSecond }),
    });
  }

  /** Kept at once: who reads a run that was killed needs to know when its loads began. */
  private noteLoad(round: LoadRound): void {
    this.loads.push(round);
    this.writer.update({ ...this.writer.info, loadRounds: this.loads });
  }

  private noteUsage({ usage, serverMissing, clientsMissing }: UsedInRound): void {
    this.usageMissing ??= serverMissing;
    this.clientsMissing ??= clientsMissing;
    this.usage.push(usage);
  }

  private tell(progress: Progress): void {
    try {
      this.onProgress?.(progress);
    } catch {
      // Whoever watches may be gone, such as a kernel that is being closed: no reason to lose a run.
    }
  }

  private noteWarm(pair: number): void {
    this.warm[pair] = findWarm(
      this.plan,
      this.rounds.filter((round) => round.pair === pair),
    );
  }

  private finish(status: RunInfo["status"], reason: string | null): Promise<Run> {
    if (this.warm.length < this.plan.pairs && this.rounds.some(({ pair }) => pair === this.warm.length)) {
      this.noteWarm(this.warm.length);
    }
    const { info } = this.writer;
    const link = info.link === null ? null : { ...info.link, pingMs: this.pings };
    const { plan, rounds, usage, warm, loads } = this;
    const warnings: Warning[] = [
      ...this.watch.stop(),
      ...checkRounds(plan, rounds, warm),
      ...checkLoads({ plan, info, rounds, usage, warm, loads }),
      ...checkLink(link),
      ...checkCounts(plan, rounds, this.counted),
    ];
    return this.writer.finish({
      ...info,
      link,
      finishedAt: new Date().toISOString(),
      status,
      reason,
      warmFromBlock: this.warm.map((pair) => pair.fromBlock),
      warnings,
      leftOut: [
        ...info.leftOut,
        ...(this.clientsMissing === null ? [] : [`what clients used in some rounds: ${this.clientsMissing}`]),
      ],
      counted: this.counted,
      loadRounds: this.loads,
      wire: this.wire,
      usageMissing: this.usageMissing,
      usage: this.usage,
      instants: this.instants,
    });
  }
}
