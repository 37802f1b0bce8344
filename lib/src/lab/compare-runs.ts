import { basename } from "node:path";
import { type ComparedRun, comparedNumbers, comparedRun } from "../analysis/runs/compared-run.js";
import type { RunMetric } from "../analysis/runs/run-metric-names.js";
import { WirelabError } from "../errors.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import { showRunsCompared } from "../show/cards/runs-compared.js";
import type { ToolTable } from "../show/tables/tool-table.js";
import { compareWithBaseline, type RunsCompared, usualRunMetrics } from "../verdicts/runs/runs-compared.js";
import { parseThreshold } from "../verdicts/thresholds/threshold.js";
import { read } from "./read.js";

/**
 * A run folder or another tool's file by its path, or what `lab.open` and `lab.read` made of one.
 *
 * @example
 * const sources: readonly lab.RunSource[] = [before, after];
 */
export type RunSource = string | Run | ToolTable;

/**
 * What is compared between runs.
 *
 * @example
 * const options: lab.CompareRunsOptions = { metrics: ["median"], failIf: ["median rest > 1.10 * baseline"] };
 */
export interface CompareRunsOptions {
  /** Default median, p99, mean, rate, and where there is an error the error rate. */
  readonly metrics?: readonly RunMetric[];
  /** Thresholds in the language of `wirelab compare --fail-if`: `p99 rest > 1.10 * baseline`. */
  readonly failIf?: readonly string[];
  /** Whether numbers get a word and thresholds on the baseline an outcome although the runs asked different things. Default false. */
  readonly differentQuestions?: boolean;
}

/**
 * Holds runs against the first of them, the baseline, arm by arm: each number, its ratio with a 99 % interval, a word for that, and
 * what else differs; no word where the two asked different things of the arm. Runs share no block, so each is resampled by itself. With
 * thresholds also what each run makes of them; a single run has thresholds only.
 *
 * @throws WirelabError `usage` for a path that is no run, a threshold that cannot be read, or an arm in it that no run has
 * @example
 * await lab.compareRuns([before, after], { failIf: ["median rest > 1.10 * baseline"] });
 */
export async function compareRuns(
  sources: readonly RunSource[],
  { metrics = usualRunMetrics, failIf = [], differentQuestions = false }: CompareRunsOptions = {},
): Promise<RunsCompared> {
  const thresholds = failIf.map(parseThreshold);
  if (sources.length < (thresholds.length > 0 ? 1 : 2)) {
    throw new WirelabError(
      "usage",
      "A comparison takes two runs or more, of which the first is the baseline; with a threshold one is enough.",
    );
  }
  const labels = labelsOf(sources);
  const runs: ComparedRun[] = [];
  for (const [i, source] of sources.entries()) runs.push(await compared(source, labels[i] as string));
  const [baseline, ...others] = runs as [ComparedRun, ...ComparedRun[]];
  return showRunsCompared(compareWithBaseline(baseline, others, { metrics, thresholds, differentQuestions }));
}

async function compared(source: RunSource, label: string): Promise<ComparedRun> {
  const data = typeof source === "string" ? await read(source) : source;
  return "numbers" in data ? comparedNumbers(data, label) : comparedRun(data, label);
}

/** A name each: as short as tells them apart. */
function labelsOf(sources: readonly RunSource[]): readonly string[] {
  const paths = sources.map(pathOf);
  const short = paths.map((path) => basename(path));
  return paths.map((path, i) => {
    const alike = paths.filter((_, other) => short[other] === short[i]);
    const name = new Set(alike).size === 1 ? (short[i] as string) : path;
    const times = paths.filter((other) => other === path).length;
    return times === 1 ? name : `${name} (${paths.slice(0, i + 1).filter((other) => other === path).length})`;
  });
}

function pathOf(source: RunSource): string {
  if (typeof source === "string") return source;
  return "numbers" in source ? source.file : (runPath(source) ?? source.info.name);
}
