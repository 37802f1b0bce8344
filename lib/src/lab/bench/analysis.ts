import type { BenchRecord } from "./record-file.js";
import { type BenchResults, resultsOf } from "./results.js";
import { benchText } from "./text.js";
import { unlikeness } from "./unlikeness.js";

/** Results under a name, with the records that they were computed from. */
export interface NamedResults {
  readonly name: string;
  readonly results: BenchResults;
  readonly records: readonly BenchRecord[];
}

/** What results files say, one by one and, where they are of one setting, together. */
export interface Analysis {
  readonly files: readonly NamedResults[];
  /** All files as one; null where there is one file, or `unlike` says why they are not. */
  readonly pooled: NamedResults | null;
  readonly unlike: string | null;
}

/** Computes results files again. Files of one setting are also pooled, each a pair of its own; none is held against another. */
export function analyzeRecords(
  records: readonly { readonly path: string; readonly record: BenchRecord }[],
): Analysis {
  const files = records.map(({ path, record }) => named(path, [record]));
  const all = records.map(({ record }) => record);
  const unlike = unlikeness(files.map(({ results }) => results));
  const [first, ...others] = all;
  if (first === undefined || others.length === 0 || unlike !== null) return { files, pooled: null, unlike };
  return { files, pooled: named(`All ${all.length} files as one`, [first, ...others]), unlike };
}

function named(name: string, records: readonly [BenchRecord, ...BenchRecord[]]): NamedResults {
  return { name, results: resultsOf(records), records };
}

/** An analysis in words and tables for a terminal. */
export function analysisText(analysis: Analysis): string {
  const { files, unlike } = analysis;
  const [only] = files;
  if (files.length === 1 && only !== undefined) return benchText(only.results);
  const all = analysis.pooled === null ? files : [...files, analysis.pooled];
  return [
    ...all.map(({ name, results }) => `${name}\n${benchText(results)}`),
    unlike === null
      ? "No ratio is given between files: they were measured at different times, and machines change."
      : `The files are not read as one: ${unlike}.`,
  ].join("\n\n");
}

/** What figures of an analysis show: all files as one where that can be, else each. */
export function shownOf({ files, pooled }: Analysis): readonly NamedResults[] {
  return pooled === null ? files : [pooled];
}
