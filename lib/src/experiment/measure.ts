import { type ErrorCode, WirelabError } from "../errors.js";
import type { Missing } from "../hosts/process-usage.js";
import { type LoadRound, type LoadSecond, runTimeOf } from "../record/load-info.js";
import { watchMachine } from "../record/machine-watch.js";
import type { Run } from "../record/run.js";
import { createRun, type RunWriter } from "../record/run-folder.js";
import type { RoundUsage, RoundWire, RunInfo, Warning } from "../record/run-info.js";
import { defaultRunsFolder } from "../root.js";
import { checkLoads } from "./check-loads.js";
import { checkLink, checkRounds, findWarm, type WarmPair } from "./checks.js";
import { chooseProcessors, describeRun, type ProcessorChoice, type Processors } from "./describe-run.js";
import { listenForInterrupt } from "./interrupt.js";
import { needsOfPlan, refuseUnmet } from "./needs.js";
import { runPair } from "./pair.js";
import { makePlan, type Plan, type PlanOptions } from "./plan.js";
import type { Progress } from "./progress.js";
import type { RoundSummary } from "./rounds.js";

/** A plan, and where it is carried out. */
export interface MeasureOptions extends PlanOptions {
  /**
   * Which processors client and server run on, where the system can pin them: one each, one for both, or as the system
   * likes. Default `own`.
   */
  readonly processors?: ProcessorChoice;
  /** Where the run folder is made. Default `$WIRELAB_RUNS`, else `data/runs` of the project. */
  readonly runsFolder?: string;
  readonly onProgress?: (progress: Progress) => void;
  /** Ends the run early, keeping the calls so far; Ctrl-C and a kernel's interrupt do the same. */
  readonly signal?: AbortSignal;
}

/**
 * Measures arms against each other: pairs of fresh processes, blocks of one round of every arm in random order, every
 * call saved before anything is computed. Throws a `WirelabError` that names the run folder when the run could not be
 * finished; what was measured until then is in there.
 *
 * @example
 * const run = await measure({ arms: ["rest", "grpc"], pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 20 });
 */
export async function measure(options: MeasureOptions): Promise<Run> {
  const plan = makePlan(options);
  refuseUnmet(needsOfPlan(plan));
  const choice = options.processors ?? "own";
  const processors = chooseProcessors(plan, choice);
  const writer = await createRun(describeRun(plan, processors, choice), {
    runsFolder: options.runsFolder ?? defaultRunsFolder,
  });
  const interrupt = await listenForInterrupt(options.signal);
  try {
    return await new Measurement(plan, writer, processors, interrupt.signal, options.onProgress).run();
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
  private readonly loads: LoadRound[] = [];
  private usageMissing: string | null = null;
  private readonly watch = watchMachine();
  private readonly plan: Plan;
  private readonly writer: RunWriter;
  private readonly processors: Processors;
  private readonly signal: AbortSignal;
  private readonly onProgress: ((progress: Progress) => void) | undefined;

  constructor(
    plan: Plan,
    writer: RunWriter,
    processors: Processors,
    signal: AbortSignal,
    onProgress?: (progress: Progress) => void,
  ) {
    this.plan = plan;
    this.writer = writer;
    this.processors = processors;
    this.signal = signal;
    this.onProgress = onProgress;
  }

  async run(): Promise<Run> {
    try {
      for (let pair = 0; pair < this.plan.pairs; pair++) {
        const ended = await this.runPair(pair);
        if (ended === "interrupted") throw new Interrupted();
      }
      return await this.finish("finished", null);
    } catch (error) {
      const interrupted = error instanceof Interrupted;
      const reason = interrupted ? "it was interrupted" : messageOf(error);
      const run = await this.finish(interrupted ? "interrupted" : "failed", reason);
      throw this.explain(error, reason, run);
    }
  }

  private async runPair(pair: number): Promise<"finished" | "interrupted"> {
    const ended = await runPair(this.plan, {
      pair,
      originNs: this.originNs,
      processors: this.processors,
      signal: this.signal,
      onPart: (part) => this.writer.append(part),
      onRound: (round) => this.noteRound(round),
      onWire: (wire) => this.wire.push(wire),
      onUsage: (usage) => this.noteUsage(usage),
      onLoad: (round) => this.noteLoad(round),
      onSecond: (arm, second) => this.noteSecond(pair, arm, second),
      onRemotePids: (pids) => this.watch.include(pids),
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
    this.tell({
      done: Math.min(this.rounds.length + part, this.totalRounds()),
      total: this.totalRounds(),
      phase: `pair ${pair + 1} of ${pairs}`,
      arm,
    });
  }

  /** Kept at once: who reads a run that was killed needs to know when its loads began. */
  private noteLoad(round: LoadRound): void {
    this.loads.push(round);
    this.writer.update({ ...this.writer.info, loadRounds: this.loads });
  }

  private noteUsage(usage: RoundUsage | Missing): void {
    if ("missing" in usage) this.usageMissing ??= usage.missing;
    else this.usage.push(usage);
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
    ];
    return this.writer.finish({
      ...info,
      link,
      finishedAt: new Date().toISOString(),
      status,
      reason,
      warmFromBlock: this.warm.map((pair) => pair.fromBlock),
      warnings,
      loadRounds: this.loads,
      wire: this.wire,
      usageMissing: this.usageMissing,
      usage: this.usage,
    });
  }

  private explain(error: unknown, reason: string, run: Run): WirelabError {
    const calls = this.rounds.reduce((sum, round) => sum + round.calls, 0);
    const where = run.folder === null ? "in memory only" : `in ${run.folder}`;
    return new WirelabError(
      codeOf(error),
      `The run stopped early: ${reason}. The ${calls} calls finished so far are ${where}; open() and wirelab summary read them.`,
      { cause: error },
    );
  }
}

class Interrupted extends Error {}

function codeOf(error: unknown): ErrorCode {
  if (error instanceof WirelabError) return error.code;
  return error instanceof Interrupted ? "interrupted" : "server-failed";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
