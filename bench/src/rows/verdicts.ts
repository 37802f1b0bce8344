import { rm } from "node:fs/promises";
import { join } from "node:path";
import { readSummary } from "wirelab/dist/notebook/report/summary-file.js";
import { verdictsByKey } from "wirelab/dist/verdicts/baseline.js";
import type { Direction, Verdict } from "wirelab/dist/verdicts/types.js";
import { repeat } from "../repeat.js";
import type { Bench, BenchRow, RunRow } from "../row.js";
import { runNpmStart } from "./start.js";

/** One verdict in so many may turn: each says so of 99 in 100, and what is undecided claims nothing. */
const leastKept = 0.95;

/** What a verdict said in every repeat. */
export interface RepeatedVerdict {
  readonly about: string;
  readonly directions: readonly Direction[];
}

/**
 * Whether a notebook's verdicts on this project's own code are the same in every repeat, with processes of its own each time; one that
 * is undecided in a repeat is not another one.
 */
export function verdictsRow(notebook: string): RunRow {
  return async (bench: Bench): Promise<BenchRow> => {
    const { results, cut } = await repeat(bench, {
      count: bench.tries,
      phase: (done) => `repeat ${done.length + 1} of ${bench.tries} of notebook ${notebook}`,
      once: () => verdictsOf(notebook, bench),
    });
    const repeated = byVerdict(results);
    const kept = repeated.every((each) => keptShare(each) >= leastKept);
    return {
      what: `verdicts of notebook ${notebook}, repeated with fresh processes`,
      bound: "each the same in ≥ 19 of 20, or undecided",
      said: `${results.length} repeats: ${sayRepeated(repeated)}`,
      holds: cut ? null : kept,
    };
  };
}

async function verdictsOf(notebook: string, bench: Bench): Promise<readonly Verdict[]> {
  const reports = join(bench.folder, "verdicts");
  const env = { WIRELAB_RUNS: join(reports, "runs") };
  try {
    await runNpmStart(bench, "verdicts", { notebooks: [notebook], env });
    return readSummary(join(reports, "summary.json"), "look at what the notebook said").verdicts;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
}

/** What each verdict said in all repeats, those that could be tested. */
export function byVerdict(repeats: readonly (readonly Verdict[])[]): readonly RepeatedVerdict[] {
  const all = repeats.map((verdicts) => verdictsByKey(verdicts));
  const keys = new Set(all.flatMap((verdicts) => [...verdicts.keys()]));
  return [...keys].map((key) => {
    const said = all.flatMap((verdicts) => verdicts.get(key) ?? []);
    return { about: said[0]?.claim ?? key, directions: said.map(({ direction }) => direction) };
  });
}

/** Share of repeats that do not contradict what most say that decide. */
export function keptShare({ directions }: RepeatedVerdict): number {
  const decided = directions.filter((direction) => direction !== "undecided");
  return 1 - (decided.length - Math.max(0, ...tally(decided).map(([, times]) => times))) / directions.length;
}

/** Those that are not always the same are told one by one. */
export function sayRepeated(repeated: readonly RepeatedVerdict[]): string {
  const changing = repeated.filter(({ directions }) => new Set(directions).size > 1);
  const same = `${repeated.length - changing.length} of ${repeated.length} verdicts always the same`;
  const others = changing.map(({ about, directions }) => {
    const said = tally(directions).map(([direction, times]) => `${direction} ${times}`);
    return `${about}: ${said.join(", ")}`;
  });
  return [same, ...others].join("; ");
}

function tally(directions: readonly Direction[]): [Direction, number][] {
  return [...new Set(directions)].map((direction) => [
    direction,
    directions.filter((each) => each === direction).length,
  ]);
}
