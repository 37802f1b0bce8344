import { comparisonOrLacking } from "../../analysis/compare.js";
import type { LoadSummary } from "../../analysis/loads/load.js";
import type { LoadCost } from "../../analysis/loads/load-cost.js";
import type { ArmLoad, Comparison, Metric } from "../../analysis/types.js";
import { whyTooLittle } from "../../errors.js";
import type { Calls } from "../../record/calls.js";
import type { Load } from "../../record/load-info.js";
import type { Run } from "../../record/run.js";
import type { RunInfo, Warning } from "../../record/run-info.js";
import { runPath } from "../../record/run-path.js";
import type { LoadRow } from "../../show/frames/load-frame.js";
import { loadRowsOf } from "../load-tables.js";
import { requireLoad } from "../require-load.js";
import type { Engine } from "./engine-names.js";

/** One arm under the load: its calls, what they cost, and who made them. Durations in ms, sizes in bytes, shares of 1. */
export interface ReportedArm extends Omit<LoadSummary, "arm">, LoadCost, Omit<ArmLoad, "refused"> {
  /** Its name in the run. */
  readonly name: string;
  /** The way of calling. */
  readonly arm: string;
  /** What called, with its version. */
  readonly client: string;
}

/** A load in numbers: what `wirelab load --json` prints. */
export interface LoadReport
  extends Pick<
    RunInfo,
    | "status"
    | "reason"
    | "environment"
    | "work"
    | "size"
    | "host"
    | "servers"
    | "stopAfter"
    | "timeoutMs"
    | "seed"
    | "leftOut"
  > {
  readonly format: "wirelab-load/1";
  /** Absolute path of the run's folder, with every call; null when the disk would not have it. */
  readonly run: string | null;
  readonly measuredAt: string;
  readonly engine: Engine;
  /** Processes that made the load. */
  readonly workers: number;
  readonly load: Load;
  /** How often each arm was to run it. */
  readonly rounds: number;
  /** Calls of all arms before their first load; they are in no number. */
  readonly warmUpCalls: number;
  /** Arms whose load has begun, in the order that was asked for. */
  readonly arms: readonly ReportedArm[];
  /** Arms that the run ended before. */
  readonly notLoaded: readonly string[];
  /** First arm ÷ each other, by median, rate and server's processor time a call; none of a single round. */
  readonly ratios: readonly Comparison[];
  /** Why a ratio is missing, a sentence each. */
  readonly withoutRatio: readonly string[];
  readonly warnings: readonly Warning[];
}

/** Everything that is said of a load. Throws `usage` for a run without a load that was carried out. */
export async function loadReport(run: Run, engine: Engine): Promise<LoadReport> {
  const load = requireLoad(run, "A report of a load");
  const { info, folder, warnings } = run;
  const { status, reason, environment, work, size, host, servers, stopAfter, timeoutMs, seed, leftOut } =
    info;
  const calls = await run.calls();
  const loaded = info.arms.filter(({ name }) => info.loadRounds.some(({ arm }) => arm === name));
  const rows = await loadRowsOf(run);
  return {
    format: "wirelab-load/1",
    run: folder,
    measuredAt: info.startedAt,
    ...{ status, reason, environment, work, size, host, servers, stopAfter, timeoutMs, seed, leftOut },
    engine,
    workers: info.clients,
    load,
    rounds: info.blocks,
    warmUpCalls: calls.warmup.reduce((sum, one) => sum + one, 0),
    arms: loaded.map((arm) =>
      reportedArm(arm, rows.find(({ load: { arm: of } }) => of === arm.name) as LoadRow),
    ),
    notLoaded: info.arms.filter((arm) => !loaded.includes(arm)).map(({ name }) => name),
    ...ratiosOf(
      calls,
      run,
      loaded.map(({ name }) => name),
    ),
    warnings,
  };
}

function reportedArm(
  { name, arm, client }: RunInfo["arms"][number],
  { load: { arm: _, ...calls }, cost, schedule }: LoadRow,
): ReportedArm {
  const { refused, ...due } = schedule as ArmLoad;
  const reasons = Object.entries(refused).map(([metric, why]) => [metric, why.refused]);
  const notMeasured = { ...calls.notMeasured, ...Object.fromEntries(reasons) };
  return { name, arm, client, ...calls, ...cost, ...due, notMeasured };
}

const comparedMetrics: readonly Metric[] = ["median", "rate", "cpu"];

function ratiosOf(
  calls: Calls,
  run: Run,
  arms: readonly string[],
): Pick<LoadReport, "ratios" | "withoutRatio"> {
  const [first, ...others] = arms;
  if (first === undefined || others.length === 0) return { ratios: [], withoutRatio: [] };
  if (run.info.blocks === 1) {
    return {
      ratios: [],
      withoutRatio: [
        "No ratio: its interval takes several rounds of each arm (--rounds), and there was one.",
      ],
    };
  }
  const found = others.flatMap((second) =>
    comparedMetrics.map((metric) => ratioOrWhy(calls, run, { first, second, metric })),
  );
  return {
    ratios: found.filter((one) => typeof one !== "string"),
    withoutRatio: found.filter((one) => typeof one === "string"),
  };
}

function ratioOrWhy(
  calls: Calls,
  run: Run,
  options: { readonly first: string; readonly second: string; readonly metric: Metric },
): Comparison | string {
  const { first, second, metric } = options;
  const no = `No ratio of ${first} to ${second} (${metric})`;
  try {
    const compared = comparisonOrLacking(calls, run.info, runPath(run), options);
    return "missing" in compared ? `${no}: of ${compared.arm}, ${compared.missing}.` : compared;
  } catch (error) {
    return `${no}. ${whyTooLittle(error)}`;
  }
}
