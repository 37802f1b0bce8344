import { scopeOfRuns } from "../../analysis/compare.js";
import { WirelabError } from "../../errors.js";
import type { Run } from "../../record/run.js";
import { showableParts } from "../../show/display.js";
import { type MapCell, type MapRow, whoWins } from "../../show/figures/who-wins.js";
import { type Crossing, crossingOf } from "../../stats/curves/crossing.js";
import { sayMapRow } from "../../verdicts/words/map-words.js";
import { baseline, type Condition, cellOf } from "../conditions/condition.js";
import { foldersOf, Measured, sayReadBefore, sayWarnings } from "../conditions/measured.js";
import { type Carry, carryOut, type DesignOptions } from "../design.js";
import { type Effort, effortOf } from "../effort.js";
import { type Axis, axisOf, type MapAxis } from "./axes.js";

/**
 * What a map is of, and how much is measured in a cell.
 *
 * @example
 * const options: lab.MapOptions = { x: { sizesBytes: [16, 8192] }, y: { callers: [1, 16] }, calls: 160 };
 */
export interface MapOptions extends DesignOptions {
  /** Along which the crossing is looked for; above 0. */
  readonly x: MapAxis;
  readonly y: MapAxis;
  /** Calls of each arm in a cell, fewer where a call takes long. Default 160. */
  readonly calls?: number;
  /** Fresh server and client processes of a cell; 10 or more speak for fresh processes. Default 1. */
  readonly pairs?: number;
  /** Measured blocks in a pair. Default 8. */
  readonly blocks?: number;
}

/**
 * Who wins where: a row for each value of y, from its first to its last.
 *
 * @example
 * const { crossings }: lab.WinMap = await lab.map({ x: { sizesBytes: [16, 8192] }, y: { callers: [1, 16] } });
 */
export interface WinMap {
  readonly rows: readonly MapRow[];
  /** Where in each row the winner changes. */
  readonly crossings: readonly string[];
  /** Of the cells that were measured. */
  readonly runs: readonly Run[];
}

/**
 * Who wins where: REST ÷ gRPC by medians of the work payload in every cell of a grid, each a run of its own with a 99 %
 * interval, and along each row the value of x at which both take equally long, with its own; all else is as at the baseline of
 * `conditions`. Shows itself as a figure and sentences. A cell that fails is shown as failed; an interrupted map is gone on
 * with by the same call, and a finished one is measured again.
 *
 * @throws WirelabError `interrupted`, and `usage` for an axis that cannot be
 * @example
 * await lab.map({ x: { sizesBytes: [16, 8192, 524_288] }, y: { roundTripsMs: [0, 1.5, 35] } });
 */
export async function map(options: MapOptions): Promise<WinMap> {
  const [x, y] = [axisOf("x", options.x), axisOf("y", options.y)];
  if (x.name === y.name)
    throw new WirelabError("usage", `A map has two different axes, not ${x.title} twice.`);
  const { name = `map-${x.name}-${y.name}`, calls = 160, pairs = 1, blocks = 8 } = options;
  const effort = effortOf({ calls, pairs, blocks, roundMs: 100 });
  const places = y.values.map((row) => x.values.map((column) => placeOf(x, y, { name, column, row })));
  const all = places.flat();
  const [first] = all;
  if (first === undefined) throw new Error("an axis has two values or more");
  const grid = { x, y, places };
  return carryOut(
    {
      cells: all.length,
      first: first.name,
      run: async (carry) => shown(grid, await measureAll(all, carry, effort)),
    },
    options,
  );
}

interface Place {
  readonly name: string;
  readonly condition: Condition;
}

interface Grid {
  readonly x: Axis;
  readonly y: Axis;
  /** Row by row. */
  readonly places: readonly (readonly Place[])[];
}

function placeOf(
  x: Axis,
  y: Axis,
  { name, column, row }: { name: string; column: number; row: number },
): Place {
  const slug = (text: string) => text.replaceAll(/[ ,]+/g, "-");
  return {
    name: `${name}-${slug(x.tick(column))}-${slug(y.tick(row))}`,
    condition: { ...baseline, ...x.change(column), ...y.change(row) },
  };
}

async function measureAll(places: readonly Place[], carry: Carry, effort: Effort): Promise<Measured> {
  const measured = new Measured();
  for (const { name, condition } of places) {
    await measured.add(carry, cellOf(name, [condition], effort), [condition]);
  }
  return measured;
}

async function shown({ x, y, places }: Grid, measured: Measured): Promise<WinMap> {
  const { runs } = measured;
  const rows = await Promise.all(
    places.map(async (row, i): Promise<MapRow> => {
      const cells = await Promise.all(row.map((place) => cellOfMap(place, measured)));
      const crossing = crossingAlong(x, cells, runs[0]?.info.seed ?? 0);
      return { tick: y.tick(y.values[i] as number), cells, crossing };
    }),
  );
  const scope = scopeOfRuns(runs);
  const columns = x.values.map((value) => ({ tick: x.tick(value), value }));
  const crossings = rows.map((row, i) =>
    sayMapRow({ ...row, at: y.at(y.values[i] as number), about: x.about }),
  );
  const sentences = [...crossings, ...sayReadBefore(measured), ...sayWarnings(measured), `In ${scope}.`];
  const figure = whoWins(
    { x: { title: x.title, columns }, y: { title: y.title }, rows, sentences },
    { source: foldersOf(runs) },
  );
  return showableParts({ rows, crossings, runs }, [figure]);
}

async function cellOfMap({ condition }: Place, measured: Measured): Promise<MapCell> {
  const found = await measured.contrast([[condition, 1]]);
  return found.kind === "found"
    ? { ratio: found.contrast.ratio, missing: "" }
    : { ratio: null, missing: found.why };
}

/** By the logarithm of x; null where fewer than two cells were measured. */
function crossingAlong(x: Axis, cells: readonly MapCell[], seed: number): Crossing | null {
  const ratios = cells.flatMap(({ ratio }, i) =>
    ratio === null ? [] : [{ position: Math.log(x.values[i] as number), ratio }],
  );
  if (ratios.length < 2) return null;
  const crossing = crossingOf(ratios, { seed });
  if (crossing.kind !== "once") return crossing;
  const { at, low, high } = crossing;
  return { kind: "once", at: Math.exp(at), low: Math.exp(low), high: Math.exp(high) };
}
