import { availableParallelism } from "node:os";
import { scopeOfRuns } from "../../analysis/compare.js";
import { WirelabError } from "../../errors.js";
import type { Run } from "../../record/run.js";
import { showableParts } from "../../show/display.js";
import { mechanisms as mechanismsFigure } from "../../show/figures/mechanisms.js";
import { mechanismFrame } from "../../show/frames/mechanism-frame.js";
import type { MechanismFound, MechanismTest } from "../../verdicts/mechanisms.js";
import { foldersOf, Measured, sayReadBefore, sayWarnings } from "../conditions/measured.js";
import { type Carry, carryOut, type DesignOptions } from "../design.js";
import { effortOf } from "../effort.js";
import { mechanismEntries } from "./entries.js";
import type { Mechanism, MechanismEntry } from "./mechanism.js";
import { tryMechanism } from "./try.js";

/**
 * Which mechanisms are tried, and how much is measured of each.
 *
 * @example
 * const options: lab.MechanismsOptions = { which: ["window", "base64"], calls: 200 };
 */
export interface MechanismsOptions extends DesignOptions {
  /** Names of mechanisms: `window`, `node`, `base64`, `grpc-js`, `connections`. Default: all. */
  readonly which?: readonly string[];
  /** Calls of each arm in a run, fewer where a call takes long. Default 400. */
  readonly calls?: number;
  /** Fresh server and client processes of a run; 10 or more speak for fresh processes. Default 1. */
  readonly pairs?: number;
  /** Measured blocks in a pair. Default 16. */
  readonly blocks?: number;
  /** Path of another Node; default that of the npm package `node`, where the project has it. */
  readonly otherNode?: string;
}

/**
 * What became of the mechanisms: the numbers, and how they show themselves.
 *
 * @example
 * const { tests }: lab.Mechanisms = await lab.mechanisms({ which: ["window"] });
 */
export interface Mechanisms {
  readonly found: readonly MechanismFound[];
  readonly tests: readonly MechanismTest[];
  /** All runs that they rest on. */
  readonly runs: readonly Run[];
}

/**
 * Why the conditions matter, by intervention: each mechanism is a small model of the time of a call, whose parameters are found in
 * some runs; what follows from them for a setting that is in none of these is kept in the run of that setting before its first
 * call, and measured ÷ predicted, with a 99 % interval over the pairs and blocks of both, is held against 15 %. What rests on runs of
 * fewer than ten pairs stays undecided, since how much two processes differ is not in it. Every run
 * is an ordinary run folder, so that an interrupted call is gone on with; `source` reads the runs of a folder.
 *
 * @throws WirelabError `interrupted`, after which the same call goes on where it was; `usage` for an option that cannot be
 * @example
 * await lab.mechanisms({ which: ["window"], calls: 200 });
 */
export async function mechanisms(options: MechanismsOptions = {}): Promise<Mechanisms> {
  const { name = "mechanisms", calls = 400, pairs = 1, blocks = 16, otherNode = "" } = options;
  const effort = effortOf({ calls, pairs, blocks, roundMs: 110 });
  const here = { effort, otherNode, processors: availableParallelism() };
  const made = entriesOf(options.which).map((entry) => entry.make(here));
  const tried = made.flatMap((one) => ("leftOut" in one ? [] : [one]));
  const leftOut = made.flatMap((one) => ("leftOut" in one ? [one.leftOut] : []));
  const [first] = tried;
  if (first === undefined) return shown({ found: [], tests: [], runs: [] }, leftOut);
  return carryOut(
    {
      cells: tried.reduce((sum, { found }) => sum + found.length + 1, 0),
      first: runName(name, first, (first.found[0] ?? first.test).name),
      run: (carry) => tryAll(tried, { carry, name, leftOut }),
    },
    options,
  );
}

function entriesOf(which: readonly string[] | undefined): readonly MechanismEntry[] {
  if (which === undefined) return mechanismEntries;
  const names = mechanismEntries.map(({ name }) => name);
  const unknown = which.find((name) => !names.includes(name));
  if (unknown === undefined) return mechanismEntries.filter(({ name }) => which.includes(name));
  throw new WirelabError("usage", `There is no mechanism "${unknown}"; choose from ${names.join(", ")}.`);
}

/** Which run of which mechanism. */
function runName(name: string, mechanism: Mechanism, run: string): string {
  return `${name}-${mechanism.name}-${run}`;
}

interface Trying {
  readonly carry: Carry;
  readonly name: string;
  readonly leftOut: readonly string[];
}

async function tryAll(all: readonly Mechanism[], { carry, name, leftOut }: Trying): Promise<Mechanisms> {
  const measured = new Measured();
  const found: MechanismFound[] = [];
  const tests: MechanismTest[] = [];
  for (const mechanism of all) {
    const tried = await tryMechanism(mechanism, (cell) =>
      measured.keep(carry, { ...cell, name: runName(name, mechanism, cell.name) }),
    );
    found.push(tried.found);
    tests.push(...tried.tests);
  }
  const notes = [...leftOut, ...sayReadBefore(measured), ...sayWarnings(measured)];
  return shown({ found, tests, runs: measured.runs }, notes);
}

function shown(found: Mechanisms, notes: readonly string[]): Mechanisms {
  const scope = scopeOfRuns(found.runs);
  const said = found.runs.length === 0 ? notes : [...notes, `In ${scope}.`];
  const source = foldersOf(found.runs);
  const figures = found.tests.length === 0 ? [] : [mechanismsFigure({ ...found, scope }, { source })];
  return showableParts(found, [...figures, mechanismFrame(found, said)]);
}
