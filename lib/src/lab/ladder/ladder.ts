import type { DataFrame } from "danfojs-node";
import { type Ladder, ladderOf } from "../../analysis/layers/ladder.js";
import { WirelabError } from "../../errors.js";
import type { Run } from "../../record/run.js";
import { runPath } from "../../record/run-path.js";
import { type Prose, prose } from "../../show/cards/prose.js";
import { showableParts } from "../../show/display.js";
import type { Figure } from "../../show/figures/figure.js";
import { waterfall } from "../../show/figures/waterfall.js";
import { ladderFrame } from "../../show/frames/ladder-frame.js";
import { sayLadder } from "../../show/words/ladder-words.js";
import { type LabOptions, measure } from "../measure.js";
import { apart, ends, type HiddenLayer, ladderArms, rungs } from "./rungs.js";

/**
 * How much is measured of a ladder.
 *
 * @example
 * const options: lab.LadderOptions = { calls: 1000, pairs: 3 };
 */
export interface LadderOptions
  extends Omit<LabOptions, "arms" | "work" | "name" | "load" | "host" | "remote"> {
  /** A control: busy waiting hidden as a layer, which its rung has to show and no other. Default: none. */
  readonly hidden?: HiddenLayer;
}

/**
 * A ladder that was measured: its numbers, the run that they are from, and the parts that it shows itself as.
 *
 * @example
 * const { waterfall }: lab.MeasuredLadder = await lab.ladder({ calls: 1000 });
 */
export interface MeasuredLadder {
  readonly costs: Ladder;
  readonly run: Run;
  readonly table: DataFrame;
  readonly reading: Prose;
  readonly waterfall: Figure;
}

/**
 * What each layer between a TCP echo and REST or gRPC costs: measures a ladder of servers and clients that differ in one thing
 * each, and the two ends once more apart from it, or reads the run in `source`. Shows itself as a table of steps with 99 %
 * intervals, what they say in sentences, and a waterfall from REST to gRPC in µs.
 *
 * @throws WirelabError `usage` for a rung that is none, and for a source that has not all of them
 * @example
 * const ladder = await lab.ladder({ calls: 1000, pairs: 3 });
 * ladder.costs.leftOver;
 */
export async function ladder({ hidden, ...options }: LadderOptions = {}): Promise<MeasuredLadder> {
  const names = rungs.map(({ name }) => name);
  if (hidden !== undefined && !names.includes(hidden.rung)) {
    throw new WirelabError("usage", `There is no rung "${hidden.rung}"; choose from ${names.join(", ")}.`);
  }
  return shownLadder(await measure({ ...options, name: "ladder", arms: ladderArms(hidden ?? null) }));
}

async function shownLadder(run: Run): Promise<MeasuredLadder> {
  const source = runPath(run);
  const costs = ladderOf({
    rungs: rungs.map(({ choice: _, ...rung }) => rung),
    ends,
    apart,
    measured: { calls: await run.calls(), info: run.info, folder: source },
    pairs: run.info.pairs,
  });
  const parts = {
    run,
    table: ladderFrame(costs),
    reading: prose(sayLadder(costs)),
    waterfall: waterfall(costs, { source }),
  };
  return showableParts({ costs, ...parts }, Object.values(parts));
}
