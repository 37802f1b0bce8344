import { join } from "node:path";
import { askChild } from "../children/child.js";
import type { ImportReply, ImportRequest } from "../children/import-child.js";
import type { Bench, BenchRow } from "../row.js";
import { writeK6Json } from "./large-files.js";

const mostSeconds = 60;

/** Import and full summary of what k6 wrote with `--out json`. */
export async function k6GigabyteRow(bench: Bench): Promise<BenchRow> {
  const bytes = bench.smoke ? 10_000_000 : 1_000_000_000;
  const file = join(bench.folder, "k6.json");
  bench.onStep(0, 2, "the file");
  const requests = await writeK6Json(file, bytes);
  bench.onStep(1, 2, "import");
  const request: ImportRequest = { file, map: null, folder: join(bench.folder, "k6") };
  const { seconds, calls, peakMb } = await askChild<ImportReply>("import-child.js", request, {
    signal: bench.signal,
  });
  if (calls !== requests) throw new Error(`of ${requests} requests ${calls} were imported`);
  return {
    what: `import and full summary of ${(bytes / 1e9).toLocaleString("en")} GB of k6's --out json`,
    bound: `≤ ${mostSeconds} s`,
    said: `${seconds.toFixed(1)} s, ${calls.toLocaleString("en")} calls, ${peakMb.toFixed(0)} MB of memory`,
    holds: seconds <= mostSeconds,
  };
}
