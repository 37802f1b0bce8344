import { compareCalls, scopeOf } from "../analysis/compare.js";
import { WirelabError, whyTooLittle } from "../errors.js";
import type { ArmChoice } from "../experiment/plan/plan-options.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import type { Figure } from "../show/figures/figure.js";
import { type RatioStep, ratioPath as ratioPathFigure } from "../show/figures/ratio-path.js";
import { loadClaims } from "../verdicts/published/claims.js";
import { type RatioStop, ratioStops } from "../verdicts/ratio-steps.js";
import type { Claim } from "../verdicts/types.js";
import { sayLoad } from "../verdicts/words/load-words.js";
import { sayArm } from "../verdicts/words/words.js";
import type { LabOptions } from "./measure.js";
import { measureStack, notReplicated, type Replicated, replicated } from "./replicate.js";

/**
 * How much is measured for a path; of which work its claim says.
 *
 * @example
 * const options: lab.RatioPathOptions = { calls: 1000, pairs: 3 };
 */
export type RatioPathOptions = Omit<LabOptions, "arms">;

/**
 * The path from a claim's published ratio to the one here: first the post's own stack, then one change after another until it
 * is this project's, all in one run, block by block; shows itself as a figure with an interval for each stop. Where Python is not
 * set up a sentence says so.
 *
 * @throws WirelabError `usage` for a claim that has no path, or is of another work than `work`
 * @example
 * await lab.ratioPath("003-rest-vs-grpc", { calls: 1000, pairs: 3 });
 */
export async function ratioPath(id: string, options: RatioPathOptions): Promise<Replicated> {
  const stops = ratioStops(id);
  const claim = loadClaims().find((each) => each.id === id) as Claim;
  const { work } = claim;
  if ((options.work ?? work) !== work) {
    throw new WirelabError("usage", `${id} is of ${work}, not of ${options.work}: leave work out.`);
  }
  const run = await measureStack({ ...options, work, arms: armsOf(stops) });
  if (typeof run === "string") return notReplicated(run);
  const figure = await pathFigure(claim, stops, run);
  return replicated(run, figure);
}

/** Each once, though two stops may share one. */
function armsOf(stops: readonly RatioStop[]): readonly ArmChoice[] {
  const arms = stops.flatMap(({ first, second }) => [first, second]);
  return arms.filter(({ name }, index) => arms.findIndex((other) => other.name === name) === index);
}

async function pathFigure(claim: Claim, stops: readonly RatioStop[], run: Run): Promise<Figure> {
  const calls = await run.calls();
  const source = runPath(run);
  const steps = stops.map(({ step, first, second }): RatioStep => {
    const arms = { first: first.name, second: second.name, metric: claim.metric };
    try {
      const { ratio } = compareCalls(calls, run.info, source, arms);
      return { step, ratio, missing: "" };
    } catch (error) {
      // One stop with too few calls leaves the others standing.
      return { step, ratio: null, missing: whyTooLittle(error) };
    }
  });
  const path = {
    statement: claim.statement,
    ratio: `${sayArm(claim.first)} ÷ ${sayArm(claim.second)}, ${claim.metric}`,
    published: claim.ratio as number,
    steps,
    scope: `${scopeOf(run.info, run.info.pairs)}${underLoad(run)}`,
  };
  return ratioPathFigure(path, { source });
}

/** The post's own load is longer than most that are measured here, and begins another way. */
function underLoad({ info: { load } }: Run): string {
  return load === null ? "" : `, under ${sayLoad(load)}`;
}
