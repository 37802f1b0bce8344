import type { DataFrame } from "danfojs-node";
import { summariseLoad } from "../analysis/loads/load.js";
import { loadCostOf } from "../analysis/loads/load-cost.js";
import { type MeasuredRound, roundsOf } from "../analysis/rounds/rounds.js";
import type { Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import {
  type MeasuredOfLoad,
  type PublishedLoadRow,
  publishedLoadFrame,
} from "../show/frames/published-load-frame.js";
import { formatCount } from "../show/words/number.js";
import { workOf } from "../verdicts/published/claims.js";
import { stackFor } from "../verdicts/published/post-stack.js";
import { loadNumbers, type PublishedNumber } from "../verdicts/published/published.js";
import { isSameLoad, publishedLoad } from "../verdicts/published/published-load.js";
import { isLoad, isOnPath, isUsualSize, settingNeeded } from "../verdicts/setting.js";
import type { StackKind } from "../verdicts/stack.js";
import { sayLoad } from "../verdicts/words/load-words.js";

/**
 * The numbers that a post prints of its loads, each beside what the same arm did here under that load, on the post's own stack
 * and on this project's. A run under another
 * load with as many users is shown with what differs, and not compared.
 *
 * @example
 * await lab.publishedLoads("004", loaded);
 */
export async function publishedLoads(post: string, runs: Run | readonly Run[]): Promise<DataFrame> {
  const numbers = loadNumbers()
    .filter((number) => number.post === post)
    .filter(isResult);
  const rows = await Promise.all(numbers.map((number) => rowOf(number, [runs].flat())));
  return publishedLoadFrame(rows);
}

const results = ["count", "median", "p95", "p99", "mean", "min", "max", "bytes"] as const;
type Result = (typeof results)[number];
type PublishedResult = PublishedNumber & { readonly metric: Result };

function isResult(number: PublishedNumber): number is PublishedResult {
  return (results as readonly string[]).includes(number.metric) && publishedLoad(number) !== null;
}

async function rowOf(number: PublishedResult, runs: readonly Run[]): Promise<PublishedLoadRow> {
  const { arm, condition, metric, value, experiment } = number;
  const work = workOf(number.post, experiment);
  const row = { arm, condition: `${experiment}, ${condition}`, metric, published: value };
  const [ported, replicated] = await Promise.all(
    (["ported", "replicated"] as const).map((kind) => {
      const run = runs.find(({ info }) => isOf(number, { work, kind }, info));
      return run === undefined ? undefined : measuredIn(run, number);
    }),
  );
  const none = ported === undefined && replicated === undefined;
  const few =
    none || (ported ?? null) !== null || (replicated ?? null) !== null ? "" : "too few calls to say";
  return {
    ...row,
    ported: ported ?? null,
    ...(replicated != null && { replicated }),
    missing: none ? `not measured, it needs ${settingNeeded({ work }, number)}` : few,
  };
}

async function measuredIn(run: Run, number: PublishedResult): Promise<MeasuredOfLoad | null> {
  const measured = await measure(run, number.arm, number.metric);
  return measured === null ? null : { ...measured, ...besideThePosts(number, run.info) };
}

function isOf(
  number: PublishedResult,
  { work, kind }: { readonly work: string; readonly kind: StackKind },
  info: RunInfo,
): boolean {
  const arm = info.arms.find(({ name }) => name === number.arm);
  return (
    info.work === work &&
    isUsualSize(info) &&
    arm !== undefined &&
    stackFor(number.post, info, [arm]) === kind &&
    isOnPath(info, number.post, number.condition) &&
    isLoad({ load: info.load, callers: arm.callers }, number)
  );
}

/** What of a run's load differs from the one that the post ran, or from what the post says of it. */
function besideThePosts(
  number: PublishedResult,
  { load, loadRounds }: RunInfo,
): Pick<MeasuredOfLoad, "isComparable" | "remark"> {
  const published = publishedLoad(number);
  if (load === null || published === null) return { isComparable: true, remark: "" };
  if (!isSameLoad(load, published)) {
    return { isComparable: false, remark: `not comparable: here ${sayLoad(load)}` };
  }
  const ofArm = loadRounds.filter(({ arm }) => arm === number.arm);
  const began = Math.max(...ofArm.map(({ usersStarted }) => usersStarted));
  // Runs of before rounds were kept do not tell.
  const few = ofArm.length > 0 && began < published.users;
  return {
    isComparable: true,
    remark: few
      ? `of the ${formatCount(published.users)} users ${formatCount(began)} had begun at the end`
      : "",
  };
}

type Measured = Pick<MeasuredOfLoad, "value" | "interval">;

/**
 * In ms, calls or bytes; null where there are too few calls. What a longer load has more of, counts and extremes, is that of
 * the middle round (of two the smaller), and has no interval; the rest is of all rounds.
 */
async function measure(run: Run, arm: string, metric: Result): Promise<Measured | null> {
  const calls = await run.calls();
  const { info } = run;
  if (metric === "bytes") return alone(loadCostOf(calls, arm, info).answerBytes);
  const rounds = roundsOf(calls, arm, info);
  if (rounds.length === 0) return null;
  if (metric === "count") return alone(middleOf(rounds.map(({ counted }) => counted)));
  if (metric === "min") return alone(middleOf(rounds.map((round) => extremeOf(round, Math.min))));
  if (metric === "max") return alone(middleOf(rounds.map((round) => extremeOf(round, Math.max))));
  const { p50Ms, p95Ms, p99Ms, meanMs } = summariseLoad(calls, { name: arm, notMeasured: {} }, info);
  const estimate = { median: p50Ms, p95: p95Ms, p99: p99Ms, mean: meanMs }[metric];
  return estimate === null ? null : { value: estimate.value, interval: estimate };
}

function alone(measured: number | null): Measured | null {
  return measured === null ? null : { value: measured, interval: null };
}

/** One that there was, so that a count is whole. */
function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] as number;
}

function extremeOf({ durationsMs }: MeasuredRound, pick: (a: number, b: number) => number): number {
  return durationsMs.reduce((a, b) => pick(a, b));
}
