import type { DataFrame } from "danfojs-node";
import { totalOf } from "../analysis/totals.js";
import type { Run } from "../record/run.js";
import { type PublishedRow, publishedFrame } from "../show/frame.js";
import { loadClaims } from "../verdicts/claims.js";
import { loadNumbers, type PublishedNumber } from "../verdicts/published.js";

/**
 * The totals that a post prints beside what the same number of calls takes in a run, as a table.
 *
 * @example
 * await published("003", run);
 */
export async function published(post: string, run: Run): Promise<DataFrame> {
  return publishedFrame(await publishedTotals(post, run));
}

/** A row for every printed total and every arm of the run that may be what the post ran; times in ms. */
export async function publishedTotals(post: string, run: Run): Promise<PublishedRow[]> {
  const numbers = loadNumbers().filter((number) => number.post === post);
  const totals = numbers.filter(({ metric, unit }) => metric === "total" && unit === "s");
  const rows = totals.map(async (total) => {
    const calls = callsOf(numbers, total);
    const metric = `total of ${calls.toLocaleString("en")} calls`;
    const publishedMs = total.value * 1000;
    const arms = readingsOf(post, total.arm).filter((arm) => run.info.arms.some(({ name }) => name === arm));
    if (arms.length === 0) return [{ arm: total.arm, metric, publishedMs, measured: null }];
    return Promise.all(
      arms.map(async (arm) => ({ arm, metric, publishedMs, measured: await totalOf(run, arm, calls) })),
    );
  });
  return (await Promise.all(rows)).flat();
}

function callsOf(
  numbers: readonly PublishedNumber[],
  { experiment, arm, condition }: PublishedNumber,
): number {
  const count = numbers.find(
    (number) =>
      number.metric === "count" &&
      number.experiment === experiment &&
      number.arm === arm &&
      number.condition === condition,
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
