import type { DataFrame } from "danfojs-node";
import { type CallPhases, phasesOf } from "../analysis/layers/phases.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import { type Prose, prose } from "../show/cards/prose.js";
import { showableParts } from "../show/display.js";
import type { Figure } from "../show/figures/figure.js";
import { phasesFigure } from "../show/figures/phases.js";
import { phaseFrame } from "../show/frames/phase-frame.js";
import { sayPhases } from "../show/words/phase-words.js";
import { type LabOptions, measure } from "./measure.js";

/**
 * How much is measured for phases, and of what.
 *
 * @example
 * const options: lab.PhasesOptions = { calls: 600, pairs: 3 };
 */
export type PhasesOptions = Omit<LabOptions, "arms" | "name" | "load">;

/**
 * Phases that were measured: their numbers, the run that they are from, and the parts that they show themselves as.
 *
 * @example
 * const { figure }: lab.MeasuredPhases = await lab.phases({ calls: 600 });
 */
export interface MeasuredPhases {
  readonly phases: CallPhases;
  readonly run: Run;
  readonly figure: Figure;
  readonly table: DataFrame;
  readonly reading: Prose;
}

/** Ways of calling that are watched, each beside the same unwatched. */
const watched = ["rest", "rest-new-connection", "grpc"].map((plain) => ({
  plain,
  watched: `${plain}-watched`,
}));

/**
 * Where the time of one call goes on each protocol: serialise, queue, connect, wire out, handler, wire back, deserialise, in µs
 * with 99 % intervals. Measures rounds that are watched from inside and, in the same blocks, the same rounds unwatched, which say
 * what watching costs; or reads the run in `source`. Shows itself as a figure, a table and sentences.
 *
 * @throws WirelabError `not-enough-data` where fewer than two blocks hold calls that were seen whole
 * @example
 * const { phases } = await lab.phases({ calls: 600, pairs: 3 });
 * phases.difference;
 */
export async function phases(options: PhasesOptions = {}): Promise<MeasuredPhases> {
  const arms = watched.flatMap(({ plain, watched }) => [plain, watched]);
  return shownPhases(await measure({ ...options, name: "phases", arms }));
}

async function shownPhases(run: Run): Promise<MeasuredPhases> {
  const source = runPath(run);
  const found = phasesOf(
    { calls: await run.calls(), info: run.info, folder: source },
    { arms: watched, first: "rest-watched", second: "grpc-watched" },
  );
  const parts = {
    figure: phasesFigure(found, { source }),
    table: phaseFrame(found),
    reading: prose(sayPhases(found, { first: "REST", second: "gRPC" })),
  };
  return showableParts({ phases: found, run, ...parts }, Object.values(parts));
}
