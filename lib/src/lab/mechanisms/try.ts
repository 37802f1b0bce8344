import { isDeepStrictEqual } from "node:util";
import { type BlockNumber, numbersOf } from "../../analysis/block-numbers.js";
import { scopeOf, scopeOfRuns } from "../../analysis/compare.js";
import { WirelabError } from "../../errors.js";
import type { Run } from "../../record/run.js";
import type { Foretold, Warning } from "../../record/run-info.js";
import { runPath } from "../../record/run-path.js";
import type { Estimate } from "../../stats/interval.js";
import {
  geometricMeans,
  type OfMeans,
  type RunNumbers,
  ratioOfMeans,
} from "../../stats/ratios/means-ratio.js";
import { narrowest, pairsAre, pairsForScope } from "../../stats/scope.js";
import type { MechanismFound, MechanismTest } from "../../verdicts/mechanisms.js";
import type { DesignCell, Outcome } from "../design.js";
import type { Mechanism, Of, Said, Tested } from "./mechanism.js";

/** What was found of a mechanism, and what became of what it said. */
export interface Tried {
  readonly found: MechanismFound;
  readonly tests: readonly MechanismTest[];
}

/** Finds a mechanism's parameters, keeps what follows from them with the run that tests it, and holds that against it. */
export async function tryMechanism(
  mechanism: Mechanism,
  carry: (cell: DesignCell) => Promise<Outcome>,
): Promise<Tried> {
  const { words, says } = mechanism;
  try {
    const found = await find(mechanism, carry);
    const parameters = mechanism.parameters.map(({ words, unit, value }) => ({
      words,
      unit,
      estimate: estimateOrNull(found, (means) => value(found.of(means))),
    }));
    const { name, options } = mechanism.test;
    const foretold = mechanism.tested.map((tested) => foretell(tested, found));
    const run = runOf(await carry({ name, options: { ...options, foretold } }));
    requireForetold(run, foretold);
    const tests = await Promise.all(
      mechanism.tested.map((tested) => hold(tested, { mechanism, found, run })),
    );
    return { found: { mechanism: words, says, parameters }, tests };
  } catch (error) {
    if (!(error instanceof TooLittle)) throw error;
    return {
      found: { mechanism: words, says, parameters: [] },
      tests: mechanism.tested.map((tested) => missing(mechanism, tested, error.message)),
    };
  }
}

/** Why a mechanism got no further, a sentence; the others stand. */
class TooLittle extends Error {}

/** The numbers that a mechanism's parameters rest on, run after run. */
interface FoundNumbers {
  readonly runs: readonly Run[];
  readonly numbers: readonly RunNumbers[];
  /** The means of all numbers, by name. */
  of(means: readonly number[]): Of;
}

async function find(
  { found }: Mechanism,
  carry: (cell: DesignCell) => Promise<Outcome>,
): Promise<FoundNumbers> {
  const runs: Run[] = [];
  const numbers: RunNumbers[] = [];
  for (const { name, options, reads } of found) {
    const run = runOf(await carry({ name, options }));
    runs.push(run);
    numbers.push(await read(run, Object.values(reads)));
  }
  const names = found.flatMap(({ reads }) => Object.keys(reads));
  const of = (means: readonly number[]) => (name: string) => {
    const mean = means[names.indexOf(name)];
    if (mean === undefined) throw new Error(`a mechanism reads the numbers that it names, not "${name}"`);
    return mean;
  };
  return { runs, numbers, of };
}

function runOf(outcome: Outcome): Run {
  if (outcome.kind === "run") return outcome.run;
  throw new TooLittle(outcome.reason);
}

async function read(run: Run, asked: readonly BlockNumber[]): Promise<RunNumbers> {
  try {
    return await numbersOf(run, asked);
  } catch (error) {
    if (error instanceof WirelabError && error.code === "not-enough-data") throw new TooLittle(error.message);
    throw error;
  }
}

function foretell({ arm, beside, says }: Tested, { numbers, of }: FoundNumbers): Foretold {
  return { arm, beside, ...says(of(geometricMeans(numbers))) };
}

/** What is said must have been said before: a run that keeps another prediction was made for other findings. */
function requireForetold(run: Run, foretold: readonly Foretold[]): void {
  if (isDeepStrictEqual(run.info.foretold, foretold)) return;
  throw new TooLittle(
    `What the run ${runPath(run) ?? "in memory"} keeps as predicted is not what follows from the runs that the mechanism was found in: measure all of them again (anew: true).`,
  );
}

interface Holding {
  readonly mechanism: Mechanism;
  readonly found: FoundNumbers;
  readonly run: Run;
}

async function hold(tested: Tested, { mechanism, found, run }: Holding): Promise<MechanismTest> {
  const { arm, kind, beside, without } = tested;
  const others = beside === null ? [] : [{ arm: beside, kind }];
  const numbers = await read(run, [{ arm, kind }, ...others]);
  const all = { ...found, runs: [...found.runs, run], numbers: [...found.numbers, numbers] };
  const [measuredMs = 0, besideMs = 0] = geometricMeans([numbers]);
  const foundMeans = geometricMeans(found.numbers);
  const over = (says: Tested["says"]) =>
    estimateOrNull(all, (means) => {
      const [measured = 0, other = 0] = means.slice(foundMeans.length);
      return measured / msOf(says(found.of(means)), other);
    });
  const ratio = over(tested.says);
  const predictedMs = msOf(tested.says(found.of(foundMeans)), besideMs);
  if (ratio === null) {
    const why = "What was found leaves no time that is above 0 to predict: more calls would find it better.";
    return missing(mechanism, tested, why);
  }
  return {
    ...missing(mechanism, tested, ""),
    ...{ predictedMs, measuredMs, ratio, without: over(without.says) },
    caution: cautionOf(tested, all.runs),
  };
}

/** What two runs do not share is in no interval, so times of the one are not those of the other on a machine that others use. */
const foundElsewhere =
  "others used this machine meanwhile, and the times that it rests on are those of runs before";

const disturbed: readonly Warning["code"][] = ["busy-machine", "cpu-steal", "throttled"];

/** What no interval here carries: other programs, another distance, and how much two processes of the same code differ. */
function cautionOf({ whenDisturbed = foundElsewhere, inOwnBlocks }: Tested, runs: readonly Run[]): string {
  const warns = (codes: readonly Warning["code"][]) =>
    runs.some(({ warnings }) => warnings.some(({ code }) => codes.includes(code)));
  if (warns(["link-off"])) return "the distance was not what was asked for";
  if (warns(disturbed)) return whenDisturbed;
  const few = scopeOfRuns(runs) === "these processes only";
  return few && inOwnBlocks !== true ? otherProcesses : "";
}

const otherProcesses = `it rests on runs of other processes, and fewer than ${pairsForScope} pairs of each do not tell how much two of them differ`;

function msOf({ times, addMs }: Said, besideMs: number): number {
  return addMs + times * besideMs;
}

function missing({ words: mechanism }: Mechanism, tested: Tested, why: string): MechanismTest {
  const { words, kind, without } = tested;
  const nothing = { predictedMs: null, measuredMs: null, ratio: null, without: null };
  return { mechanism, words, kind, ...nothing, withoutWords: without.words, caution: "", missing: why };
}

/** Null where it cannot be told from nothing. */
function estimateOrNull({ runs, numbers }: FoundNumbers, value: OfMeans): Estimate | null {
  const [run] = runs;
  if (run === undefined || !(value(geometricMeans(numbers)) > 0)) return null;
  const scope = narrowest(runs.map(({ info }, i) => scopeOf(info, numbers[i]?.length ?? 0)));
  return ratioOfMeans(numbers, value, { seed: run.info.seed, pairs: pairsAre(scope) });
}
