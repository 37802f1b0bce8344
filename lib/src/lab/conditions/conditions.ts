import { scopeOfRuns } from "../../analysis/compare.js";
import { WirelabError } from "../../errors.js";
import { sharesProcess } from "../../hosts/host.js";
import type { Run } from "../../record/run.js";
import { showableParts } from "../../show/display.js";
import { effects as effectsFigure } from "../../show/figures/effects.js";
import { effectFrame } from "../../show/frames/effect-frame.js";
import type { Estimate } from "../../stats/interval.js";
import type { Effect, Interaction } from "../../verdicts/effects.js";
import { type Carry, carryOut, type DesignOptions } from "../design.js";
import { type Effort, effortOf } from "../effort.js";
import { baseline, baselineWords, cellOf, shareRun } from "./condition.js";
import { type Cross, cellOfCross, crossesOf, type Flip } from "./crosses.js";
import { type Factor, factorsOf, type Level } from "./factors.js";
import { foldersOf, Measured, sayReadBefore, sayWarnings } from "./measured.js";

/**
 * Which factors are flipped to what, and how much is measured.
 *
 * @example
 * const options: lab.ConditionsOptions = { calls: 400, pairs: 1, roundTripsMs: [35] };
 */
export interface ConditionsOptions extends DesignOptions {
  /** Calls of each arm in a run, fewer where a call takes long. Default 400. */
  readonly calls?: number;
  /** Fresh server and client processes of a run; 10 or more speak for fresh processes. Default 1. */
  readonly pairs?: number;
  /** Measured blocks in a pair. Default 16. */
  readonly blocks?: number;
  /** Bodies beside the baseline's of 1 KB. Default 16 B and 512 KB. */
  readonly sizesBytes?: readonly number[];
  /** Round trips beside the baseline's of none, in ms. Default 1.5 and 35. */
  readonly roundTripsMs?: readonly number[];
  /** Callers at the same time beside the baseline's one. Default 16. */
  readonly callers?: readonly number[];
  /** Path of another Node; default that of the npm package `node`, where the project has it. */
  readonly otherNode?: string;
  /** How many pairs of factors, those with the largest effects, are crossed in full. Default 3. */
  readonly crosses?: number;
}

/**
 * Which condition decides: the numbers, and how they show themselves.
 *
 * @example
 * const { baseline }: lab.Conditions = await lab.conditions({ calls: 400 });
 */
export interface Conditions {
  /** REST ÷ gRPC at the baseline, by medians. */
  readonly baseline: Estimate;
  readonly effects: readonly Effect[];
  readonly interactions: readonly Interaction[];
  /** All runs that it rests on. */
  readonly runs: readonly Run[];
}

/**
 * Which condition decides whether REST or gRPC is faster: from one baseline (the work payload with 1 KB, kept connections, JSON
 * and protobuf, one caller, a server in a process of its own) one factor is flipped at a time, then the pairs of factors that matter
 * both at once; shows itself as a table, a figure and sentences. A flip that fails or cannot be set here is left out and said.
 *
 * @throws WirelabError `interrupted`, after which the same call goes on where it was; `not-enough-data` without a baseline;
 *   `usage` for an option that cannot be
 * @example
 * await lab.conditions({ calls: 400, pairs: 1 });
 */
export async function conditions(options: ConditionsOptions = {}): Promise<Conditions> {
  const { name = "conditions", crosses = 3, calls = 400, pairs = 1, blocks = 16 } = options;
  const factors = factorsOf({
    sizesBytes: options.sizesBytes ?? [16, 512 * 1024],
    roundTripsMs: options.roundTripsMs ?? [1.5, 35],
    callers: options.callers ?? [16],
    otherNode: options.otherNode ?? "",
  });
  const flips = factors.flatMap(({ name: factor, levels }) => levels.map((level) => flipTo(factor, level)));
  const apart = flips.filter(({ condition }) => !shareRun(condition, baseline));
  const effort = effortOf({ calls, pairs, blocks, roundMs: 110 });
  const design = { name, factors, flips, crosses, effort };
  return carryOut(
    { cells: 1 + apart.length + crosses, first: name, run: (carry) => flipAll(design, carry) },
    options,
  );
}

interface Design {
  readonly name: string;
  readonly factors: readonly Factor[];
  readonly flips: readonly Flip[];
  readonly crosses: number;
  readonly effort: Effort;
}

function flipTo(factor: string, level: Level): Flip {
  return { factor, level, condition: { ...baseline, ...level.change }, effect: null };
}

async function flipAll({ name, factors, flips, crosses, effort }: Design, carry: Carry): Promise<Conditions> {
  const measured = new Measured();
  const beside = flips.map(({ condition }) => condition).filter((one) => shareRun(one, baseline));
  await measured.add(carry, cellOf(name, [baseline, ...beside], effort), [baseline, ...beside]);
  for (const { level, condition } of flips) {
    if (beside.includes(condition)) continue;
    await measured.add(carry, cellOf(`${name}-${level.name}`, [condition], effort), [condition]);
  }
  const own = await measured.contrast([[baseline, 1]]);
  if (own.kind === "missing") {
    throw new WirelabError("not-enough-data", `There is no baseline to flip anything from: ${own.why}`);
  }
  const found = await Promise.all(flips.map((flip) => effectOf(flip, measured)));
  const seen = flips.map((flip, i) => ({ ...flip, effect: found[i]?.effect ?? null }));
  const interactions: Interaction[] = [];
  for (const cross of crossesOf(seen, crosses)) {
    const { cell, conditions } = cellOfCross(cross, name, effort);
    const aside = measured.aside();
    await aside.add(carry, cell, conditions);
    interactions.push(await interactionOf(cross, aside));
  }
  const conditions = { baseline: own.contrast.ratio, effects: found, interactions, runs: measured.runs };
  return shown(conditions, { leftOut: factors.flatMap(({ leftOut }) => leftOut ?? []), measured });
}

async function effectOf({ factor, level, condition }: Flip, measured: Measured): Promise<Effect> {
  const [there, change] = await Promise.all([
    measured.contrast([[condition, 1]]),
    measured.contrast([
      [condition, 1],
      [baseline, -1],
    ]),
  ]);
  return {
    factor,
    words: level.words,
    ratio: there.kind === "found" ? there.contrast.ratio : null,
    effect: change.kind === "found" ? change.contrast.ratio : null,
    missing: change.kind === "missing" ? change.why : "",
    sameBlocks: measured.shareRun([condition, baseline]),
    caution: sharesProcess(condition.host) ? "one process with the client" : "",
  };
}

async function interactionOf({ first, second, both }: Cross, measured: Measured): Promise<Interaction> {
  const [there, change] = await Promise.all([
    measured.contrast([[both, 1]]),
    measured.contrast([
      [both, 1],
      [first.condition, -1],
      [second.condition, -1],
      [baseline, 1],
    ]),
  ]);
  return {
    first: first.level.words,
    second: second.level.words,
    ratio: there.kind === "found" ? there.contrast.ratio : null,
    interaction: change.kind === "found" ? change.contrast.ratio : null,
    missing: change.kind === "missing" ? change.why : "",
  };
}

/** What stands around the numbers. */
interface Surroundings {
  readonly leftOut: readonly string[];
  readonly measured: Measured;
}

function shown(found: Conditions, { leftOut, measured }: Surroundings): Conditions {
  const scope = scopeOfRuns(found.runs);
  const notes = [...leftOut, ...sayReadBefore(measured), ...sayWarnings(measured)];
  const table = effectFrame(found, { at: baselineWords, scope, notes });
  const source = foldersOf(found.runs);
  return showableParts(found, [effectsFigure({ ...found, scope }, { source }), table]);
}
