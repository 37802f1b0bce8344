import type { DataFrame } from "danfojs-node";
import { median } from "simple-statistics";
import { extremeOf, totalOf } from "../analysis/rounds/totals.js";
import type { Run } from "../record/run.js";
import { type PublishedRow, publishedFrame } from "../show/frames/published-frame.js";
import { loadClaims, workOf } from "../verdicts/published/claims.js";
import { stackFor } from "../verdicts/published/post-stack.js";
import { loadNumbers, type PublishedNumber } from "../verdicts/published/published.js";
import { publishedLoad } from "../verdicts/published/published-load.js";
import { isLoad, isOnPath, isUsualSize, publishedPingMs, settingNeeded } from "../verdicts/setting.js";
import type { StackKind } from "../verdicts/stack.js";

/**
 * The times that a post prints beside what the same takes in runs of the same work over the same path, those on the post's own
 * stack in a column of their own: totals, means, extremes and pings; where the two may not be compared it says why.
 *
 * @example
 * await lab.published("003", run);
 */
export async function published(post: string, runs: Run | readonly Run[]): Promise<DataFrame> {
  return publishedFrame(await publishedTimes(post, [runs].flat()));
}

const times = ["total", "mean", "min", "max"] as const;
type TimeMetric = (typeof times)[number];

/** A row for every printed time of the runs' works and every arm of theirs that may be what the post ran; times in ms. */
export async function publishedTimes(post: string, runs: readonly Run[]): Promise<PublishedRow[]> {
  const numbers = loadNumbers().filter((number) => number.post === post);
  const works = runs.map(({ info }) => info.work);
  const wanted = numbers
    .filter(isTime)
    .filter((number) => publishedLoad(number) === null)
    .filter(({ arm, experiment }) => arm === "ping" || works.includes(workOf(post, experiment)));
  const rows = inOrder(firstPrinted(wanted)).map((number) =>
    number.arm === "ping" ? [pingRow(number, runs)] : rowsFor(number, numbers, runs),
  );
  return (await Promise.all(rows)).flat();
}

type PublishedTime = PublishedNumber & { readonly metric: TimeMetric };

function isTime(number: PublishedNumber): number is PublishedTime {
  return (times as readonly string[]).includes(number.metric) && ["s", "ms"].includes(number.unit);
}

/** A post may print a number twice, with other last digits. */
function firstPrinted(numbers: readonly PublishedTime[]): PublishedTime[] {
  const seen = new Set<string>();
  return numbers.filter(({ post, experiment, arm, condition, metric }) => {
    const key = [workOf(post, experiment), arm, condition, metric].join("/");
    return !seen.has(key) && seen.add(key);
  });
}

/** Pings first, since they bound the rest; then metric by metric, as printed. */
function inOrder(numbers: readonly PublishedTime[]): PublishedTime[] {
  const rank = ({ arm, metric }: PublishedTime) => (arm === "ping" ? -1 : times.indexOf(metric));
  return numbers.toSorted((a, b) => rank(a) - rank(b));
}

async function rowsFor(
  number: PublishedTime,
  numbers: readonly PublishedNumber[],
  runs: readonly Run[],
): Promise<PublishedRow[]> {
  const { post, condition, metric } = number;
  const work = workOf(post, number.experiment);
  const calls = callsOf(numbers, number);
  const publishedMs = inMs(number);
  const able = runs.filter(
    ({ info }) => info.work === work && isUsualSize(info) && isOnPath(info, post, condition),
  );
  const of = (kind: StackKind, arm: string) => able.find((run) => hasArm(run, arm, { number, kind }));
  const arms = readingsOf(post, number.arm).filter((arm) => of("ported", arm) ?? of("replicated", arm));
  const row = { condition, metric: metricWords(metric, work, calls), publishedMs };
  if (arms.length === 0) {
    const remark = `not measured, it needs ${settingNeeded({ work }, number)}`;
    return [{ ...row, arm: number.arm, measured: null, remark }];
  }
  const impossibly = impossible(post, condition, publishedMs) ?? "";
  const take = (run: Run | undefined, arm: string) =>
    run === undefined ? null : measure(run, arm, metric, calls);
  return Promise.all(
    arms.map(async (arm) => {
      const measured = await take(of("ported", arm), arm);
      const replicated = await take(of("replicated", arm), arm);
      const remark = impossibly || countRemark(measured, calls) || countRemark(replicated, calls);
      return { ...row, arm, measured, ...(replicated !== null && { replicated }), remark };
    }),
  );
}

/** On that stack, and under the load that the number is of, which for most posts is one call at a time. */
function hasArm(
  { info }: Run,
  name: string,
  { number, kind }: { readonly number: PublishedTime; readonly kind: StackKind },
): boolean {
  const arm = info.arms.find((each) => each.name === name);
  if (arm === undefined || stackFor(number.post, info, [arm]) !== kind) return false;
  return arm.protocol === "none" || isLoad({ load: info.load, callers: arm.callers }, number);
}

function measure(run: Run, arm: string, metric: TimeMetric, calls: number) {
  if (metric === "min" || metric === "max") return extremeOf(run, arm, metric);
  return totalOf(run, arm, metric === "total" ? calls : 1);
}

function metricWords(metric: TimeMetric, work: string, calls: number): string {
  return metric === "total" ? `total of ${calls.toLocaleString("en")} calls` : `${metric} of ${work}`;
}

/** No answer comes before one round trip, so a number below it is not one of this path. */
function impossible(post: string, condition: string, publishedMs: number): string | null {
  const pingMs = publishedPingMs(post, condition);
  if (pingMs === null || publishedMs >= pingMs) return null;
  return `not comparable: below the post's own ping of ${pingMs} ms`;
}

/** Numbers of calls that differ by more than this have extremes that differ for that reason alone. */
const sameCount = 0.1;

/** The longest of many calls is longer than the longest of few. */
function countRemark(measured: object | null, calls: number): string {
  if (measured === null || !("calls" in measured) || typeof measured.calls !== "number") return "";
  if (Math.abs(measured.calls / calls - 1) <= sameCount) return "";
  return `not comparable: of ${calls.toLocaleString("en")} calls there, of ${measured.calls.toLocaleString("en")} here`;
}

function pingRow(number: PublishedTime, runs: readonly Run[]): PublishedRow {
  const { post, condition, arm } = number;
  const run = runs.find(({ info }) => info.link !== null && isOnPath(info, post, condition));
  const pings = run?.info.link?.pingMs ?? [];
  const measured = pings.length === 0 ? null : { value: median([...pings]), confidence: null };
  const remark = measured === null ? "not measured, no link lies between client and server" : "";
  return { arm, condition, metric: "round trip", publishedMs: inMs(number), measured, remark };
}

function inMs({ value, unit }: PublishedNumber): number {
  return unit === "s" ? value * 1000 : value;
}

function callsOf(
  numbers: readonly PublishedNumber[],
  { experiment, arm, condition }: PublishedNumber,
): number {
  const matches = (value: string, wanted: string) => value === wanted || value === "all";
  const count = numbers.find(
    (number) =>
      number.metric === "count" &&
      matches(number.experiment, experiment) &&
      matches(number.arm, arm) &&
      matches(number.condition, condition),
  );
  return count?.value ?? 1;
}

/** The arm as the post names it, and those that its claims may mean instead. */
function readingsOf(post: string, arm: string): string[] {
  const alternatives = loadClaims()
    .filter((claim) => claim.post === post && claim.also?.arm === arm)
    .map((claim) => claim.also?.instead as string);
  return [...new Set([arm, ...alternatives])];
}
