import type { DataFrame } from "danfojs-node";
import { compare } from "../analysis/compare.js";
import { summarise } from "../analysis/summarise.js";
import { WirelabError } from "../errors.js";
import type { Run } from "../record/run.js";
import { type SizeRow, sizeFrame } from "../show/frames/size-frame.js";

interface TwoArms {
  readonly first: string;
  readonly second: string;
}

/**
 * Two arms of runs that differ in the size of their work, as a Danfo frame, a row a run: medians in ms and first ÷ second with
 * its 99 % interval.
 *
 * @throws WirelabError `usage` for a run whose work has no size, or without one of the arms
 * @example
 * await lab.bySize(runs, { first: "rest", second: "grpc" });
 */
export async function bySize(runs: readonly Run[], arms: TwoArms): Promise<DataFrame> {
  return sizeFrame(await Promise.all(runs.map((run) => rowOf(run, arms))), arms);
}

async function rowOf(run: Run, { first, second }: TwoArms): Promise<SizeRow> {
  const { size, work } = run.info;
  if (size === null) throw new WirelabError("usage", `The work ${work} has no size to compare by.`);
  const { ratio } = await compare(run, { first, second });
  const summaries = await summarise(run);
  const median = (arm: string) => summaries.find((summary) => summary.arm === arm)?.medianMs ?? null;
  return { size, firstMs: median(first), secondMs: median(second), ratio };
}
