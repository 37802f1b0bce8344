import type { DataFrame } from "danfojs-node";
import { compareCalls, scopeOf } from "../analysis/compare.js";
import { totalOf } from "../analysis/rounds/totals.js";
import { whyTooLittle } from "../errors.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import { type SuspectRow, suspectFrame } from "../show/frames/suspect-frame.js";
import { loadNumbers, type PublishedMetric } from "../verdicts/published/published.js";
import { type Suspect, type Suspects, suspectsOf } from "../verdicts/published/suspects.js";
import type { LabOptions } from "./measure.js";
import { measureStack, notReplicated, type Replicated, replicated } from "./replicate.js";

/**
 * How much is measured of suspects.
 *
 * @example
 * const options: lab.SuspectsOptions = { calls: 500, pairs: 3 };
 */
export type SuspectsOptions = Omit<LabOptions, "arms" | "work">;

/**
 * What could have made a number of a post what it is: each suspect beside the baseline in one run, block by block; shows itself
 * as a table of ratios and of what as many calls as published take, with a sentence on which reach the published total. Where
 * Python is not set up a sentence says so.
 *
 * @throws WirelabError `usage` for a post of which nothing is suspected
 * @example
 * await lab.suspects("003", { calls: 500, pairs: 3 });
 */
export async function suspects(post: string, options: SuspectsOptions): Promise<Replicated> {
  const { work, baseline, suspects: others } = suspectsOf(post);
  const arms = [baseline, ...others].map(({ choice }) => choice);
  const run = await measureStack({ ...options, work, arms });
  if (typeof run === "string") return notReplicated(run);
  return replicated(run, await suspectTable(post, run));
}

/** The table of a run that has the arms of that post's suspects. */
export async function suspectTable(post: string, run: Run): Promise<DataFrame> {
  const suspected = suspectsOf(post);
  const published = publishedTotal(post, suspected);
  const all = [suspected.baseline, ...suspected.suspects];
  const rows = await Promise.all(all.map((each) => rowOf(each, suspected, published, run)));
  const scope = scopeOf(run.info, run.info.pairs);
  return suspectFrame(rows, { ...published, scope, untried: suspected.untried });
}

interface PublishedTotal {
  readonly calls: number;
  readonly totalMs: number;
}

function publishedTotal(post: string, { arm }: Suspects): PublishedTotal {
  const value = (metric: PublishedMetric) =>
    loadNumbers().find((one) => one.post === post && one.arm === arm && one.metric === metric)
      ?.value as number;
  return { calls: value("count"), totalMs: value("total") * 1000 };
}

async function rowOf(
  { words, inSource, choice: { name } }: Suspect,
  { baseline }: Suspects,
  { calls }: PublishedTotal,
  run: Run,
): Promise<SuspectRow> {
  const row = { words, inSource, ratio: null, total: null, missing: "" };
  const arms = { first: name, second: baseline.choice.name, metric: "total" } as const;
  try {
    const total = await totalOf(run, name, calls);
    if (name === baseline.choice.name) return { ...row, total };
    const { ratio } = compareCalls(await run.calls(), run.info, runPath(run), arms);
    return { ...row, total, ratio };
  } catch (error) {
    // One with too few calls leaves the others standing.
    return { ...row, missing: whyTooLittle(error) };
  }
}
