import { rm } from "node:fs/promises";
import { join } from "node:path";
import { askChild } from "../children/child.js";
import type { ImportReply, ImportRequest } from "../children/import-child.js";
import type { SummaryReply, SummaryRequest } from "../children/summary-child.js";
import { rangeOf, rangeText } from "../range.js";
import type { Bench, BenchRow } from "../row.js";
import { ownTableMap, writeOwnTable } from "./large-files.js";

const most = { seconds: 15, megabytes: 1000, ratio: 3 };

/**
 * Import and full summary of ten million calls of a table of one's own; and the summary alone against DuckDB's own of the same file:
 * the same numbers, without intervals, which are bounded, and four percentiles alone.
 */
export async function importTenMillionRow(bench: Bench): Promise<BenchRow> {
  const calls = bench.smoke ? 100_000 : 10_000_000;
  const times = bench.smoke ? 1 : 3;
  const [file, folder] = [join(bench.folder, "own.csv"), join(bench.folder, "imported")];
  bench.onStep(0, times + 2, "the file");
  await writeOwnTable(file, calls);
  const imports: ImportReply[] = [];
  for (let time = 0; time < times; time++) {
    bench.onStep(time + 1, times + 2, "import");
    await rm(folder, { recursive: true, force: true });
    const request: ImportRequest = { file, map: ownTableMap, folder };
    imports.push(await askChild<ImportReply>("import-child.js", request, { signal: bench.signal }));
  }
  bench.onStep(times + 1, times + 2, "summary, and DuckDB alone");
  const asked: SummaryRequest = { folder, times, spill: bench.folder };
  const { summaries, sameNumbers, percentiles } = await askChild<SummaryReply>(
    "summary-child.js",
    asked,
    bench,
  );
  if (imports.some((one) => one.calls !== calls)) throw new Error("not every call was imported");
  const seconds = rangeOf(imports.map((one) => one.seconds));
  const megabytes = rangeOf(imports.map(({ peakMb }) => peakMb));
  const over = (queries: readonly number[]) =>
    rangeOf(summaries.map((summary, i) => summary / (queries[i] as number)));
  const ratio = over(sameNumbers);
  return {
    what: `import and full summary of ${calls.toLocaleString("en")} calls: time; memory; summary ÷ DuckDB's same numbers without intervals`,
    bound: `≤ ${most.seconds} s; ${most.megabytes} MB; ${most.ratio}`,
    said: `${rangeText(seconds, "s", 1)}; ${rangeText(megabytes, "MB", 0)}; ${rangeText(ratio, "", 1)}, ÷ its percentiles alone ${rangeText(over(percentiles), "", 1)}`,
    holds: seconds.median <= most.seconds && megabytes.median <= most.megabytes && ratio.median <= most.ratio,
  };
}
