import { randomInt } from "node:crypto";
import { type ErrorCode, WirelabError } from "../errors.js";
import { listenForInterrupt } from "../experiment/interrupt.js";
import { type MeasureOptions, measure } from "../experiment/measure.js";
import { makePlan } from "../experiment/plan/plan.js";
import type { Progress } from "../experiment/progress.js";
import { isSameRun } from "../experiment/same-run.js";
import { type ListedRun, listRuns } from "../record/list-runs.js";
import { openRun, type Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { defaultRunsFolder } from "../root.js";
import { type ProgressReporter, progressReporter } from "../show/progress.js";
import { fromHereOrProject } from "./measure.js";

/** What of a design is the reader's to choose, besides what it measures. */
export interface DesignOptions {
  /** A folder of runs to read instead of measuring; "" measures. */
  readonly source?: string;
  /** Names the design, and begins the names of its runs. */
  readonly name?: string;
  /**
   * Measures everything, whatever runs there are. Default false: a design that was interrupted, or of which a cell failed,
   * is gone on with, and one that was finished is measured again.
   */
  readonly anew?: boolean;
  readonly runsFolder?: string;
  /** Ends the design early, keeping the runs so far; Ctrl-C and a kernel's interrupt do the same. */
  readonly signal?: AbortSignal;
}

/** A run of a design that is still to be measured; its options decide all but name and seed. */
export interface DesignCell {
  readonly name: string;
  readonly options: Omit<MeasureOptions, "name" | "seed" | "runsFolder" | "signal" | "onProgress">;
}

/** A cell that was carried out, now or before in the same design; or why it could not be, a sentence. */
export type Outcome =
  | { readonly kind: "run"; readonly run: Run; readonly wasThere: boolean }
  | { readonly kind: "failed"; readonly reason: string };

/** Measures a cell, or reads it where it has been measured. */
export type Carry = (cell: DesignCell) => Promise<Outcome>;

/** The steps of a design: which cells there are, of which later ones may depend on earlier ones. */
export interface Steps<T> {
  /** About how many cells there will be, for progress. */
  readonly cells: number;
  /** The first cell's name: the newest run of that name says which design is gone on with. */
  readonly first: string;
  run(carry: Carry): Promise<T>;
}

/**
 * Carries out a design: runs that belong together, each an ordinary run folder, all with one seed. Runs of an unfinished
 * design that are just what would be measured are read, not measured. A cell that fails leaves the others standing; an
 * interrupt ends the design with an `interrupted` error, and the next call goes on from there.
 */
export async function carryOut<T>(steps: Steps<T>, options: DesignOptions): Promise<T> {
  const { source = "", anew = false, runsFolder = defaultRunsFolder } = options;
  if (source !== "") return steps.run(reader(runsIn(fromHereOrProject(source)), null));
  const there = runsIn(runsFolder);
  const before = anew ? undefined : there.runs.find(({ info }) => info.name === steps.first);
  if (before !== undefined) {
    const sitting = new Sitting(steps, before.info.seed, there, options);
    const result = await sitting.run();
    // Where nothing was left to measure the design was finished, and to run it again means to measure it again.
    if (sitting.measured > 0) return result;
  }
  return new Sitting(steps, randomInt(2 ** 31), there, options).run();
}

/** One time of sitting down to a design. */
class Sitting<T> {
  /** Cells that were measured, or tried, in this one. */
  measured = 0;
  private done = 0;
  /** None while all is read. */
  private progress: ProgressReporter | null = null;
  private readonly steps: Steps<T>;
  private readonly seed: number;
  private readonly there: RunsThere;
  private readonly outer: AbortSignal | undefined;

  constructor(steps: Steps<T>, seed: number, there: RunsThere, { signal }: DesignOptions) {
    this.steps = steps;
    this.seed = seed;
    this.there = there;
    this.outer = signal;
  }

  async run(): Promise<T> {
    const interrupt = await listenForInterrupt(this.outer);
    const read = reader(this.there, this.seed);
    try {
      const result = await this.steps.run((cell) => this.carry(cell, read, interrupt.signal));
      this.progress?.finish();
      return result;
    } catch (error) {
      const message = error instanceof WirelabError ? error.message : undefined;
      this.progress?.finish("stopped", message);
      throw error;
    } finally {
      interrupt.off();
    }
  }

  private async carry(cell: DesignCell, read: Carry, signal: AbortSignal): Promise<Outcome> {
    // A wrong option is the same in every cell, so it ends the design before a process is started.
    makePlan(cell.options);
    if (signal.aborted) throw this.interrupted();
    const found = await read(cell);
    if (found.kind === "run") {
      this.done++;
      return found;
    }
    this.measured++;
    try {
      const { name, options } = cell;
      const { seed, there } = this;
      const onProgress = (progress: Progress) => this.tell(name, progress);
      const run = await measure({ ...options, name, seed, runsFolder: there.folder, signal, onProgress });
      return { kind: "run", run, wasThere: false };
    } catch (error) {
      if (!(error instanceof WirelabError)) throw error;
      if (endsAll.includes(error.code)) throw error.code === "interrupted" ? this.interrupted(error) : error;
      return { kind: "failed", reason: error.message };
    } finally {
      this.done++;
    }
  }

  private tell(name: string, { done, total, arm, p50Ms }: Progress): void {
    const { cells } = this.steps;
    this.progress ??= progressReporter();
    this.progress.report({
      done: Math.min(cells, this.done + done / total),
      total: cells,
      phase: `${name}, run ${this.done + 1} of about ${cells}`,
      ...(arm !== undefined && { arm }),
      ...(p50Ms !== undefined && { p50Ms }),
    });
  }

  private interrupted(cause?: WirelabError): WirelabError {
    const of = `of about ${this.steps.cells} runs`;
    return new WirelabError(
      "interrupted",
      `The design was interrupted after ${this.done} ${of}: run it again to go on from there, with anew: true to begin again.`,
      { cause },
    );
  }
}

const endsAll: readonly ErrorCode[] = ["interrupted", "usage"];

/** The runs of a folder before a design begins, the newest first. */
interface RunsThere {
  readonly folder: string;
  readonly runs: readonly Extract<ListedRun, { readonly kind: "run" }>[];
}

function runsIn(folder: string): RunsThere {
  return { folder, runs: listRuns(folder).filter((run) => run.kind === "run") };
}

/** Reads the newest whole run of a cell's name; with a seed only one that is just what would be measured. */
function reader({ folder, runs }: RunsThere, seed: number | null): Carry {
  return async ({ name, options }) => {
    const fits = (info: RunInfo) =>
      info.name === name &&
      info.status === "finished" &&
      (seed === null || (info.seed === seed && isSameRun({ ...options, name, seed }, info)));
    const found = runs.find(({ info }) => fits(info));
    if (found === undefined) {
      return { kind: "failed", reason: `None of the runs in ${folder} is named "${name}" and was finished.` };
    }
    try {
      // What was asked to be read is nobody's surprise.
      return { kind: "run", run: await openRun(found.folder), wasThere: seed !== null };
    } catch (error) {
      if (error instanceof WirelabError) return { kind: "failed", reason: error.message };
      throw error;
    }
  };
}
