import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { findChromium } from "wirelab/dist/notebook/page/browser.js";
import { projectRoot } from "wirelab/dist/root.js";
import { askChild } from "../children/child.js";
import type { ImportReply, ImportRequest } from "../children/import-child.js";
import { rangeOf, rangeText } from "../range.js";
import type { Bench, BenchRow } from "../row.js";
import { ownTableMap, writeOwnTable } from "./large-files.js";
import { runNpmStart } from "./start.js";
import { timePage } from "./time-page.js";

const most = { megabytes: 8, seconds: 2 };

/** A page whose tables and figures are of a million calls: how large it is, and when its figures answer. */
export async function pageMillionRow(bench: Bench): Promise<BenchRow> {
  const calls = bench.smoke ? 100_000 : 1_000_000;
  const [file, folder] = [join(bench.folder, "page.csv"), join(bench.folder, "page-run")];
  bench.onStep(0, 3, "the run");
  await writeOwnTable(file, calls);
  const request: ImportRequest = { file, map: ownTableMap, folder };
  await askChild<ImportReply>("import-child.js", request, { signal: bench.signal });
  bench.onStep(1, 3, "the notebook");
  const reportsFolder = await reportOf(notebookOf(folder), bench);
  const [name] = (await readdir(reportsFolder)).filter(
    (one) => one.endsWith(".html") && one !== "index.html",
  );
  if (name === undefined) throw new Error("the notebook left no page");
  const page = join(reportsFolder, name);
  const megabytes = (await stat(page)).size / 1e6;
  bench.onStep(2, 3, "the page in Chromium");
  const seconds = await answersOf(page, bench);
  const time = seconds === null ? "no Chromium is installed, so no time" : rangeText(seconds, "s", 2);
  return {
    what: `a page with ${calls.toLocaleString("en")} calls behind it: size; time until its figures answer`,
    bound: `≤ ${most.megabytes} MB; ${most.seconds} s`,
    said: `${megabytes.toFixed(2)} MB; ${time}`,
    holds: seconds === null ? null : megabytes <= most.megabytes && seconds.median <= most.seconds,
  };
}

/** Cells find the library from a folder of the project only. */
async function reportOf(notebook: object, bench: Bench): Promise<string> {
  const reports = join(projectRoot, "reports");
  await mkdir(reports, { recursive: true });
  const inside = await mkdtemp(join(reports, "page-1m-"));
  try {
    const file = join(inside, "a-million.ipynb");
    await writeFile(file, JSON.stringify(notebook));
    // What a smoke test of the report passes on is no parameter of this notebook.
    const started = await runNpmStart({ ...bench, smoke: false }, "page-1m", { notebooks: [file] });
    return started.reportsFolder;
  } finally {
    await rm(inside, { recursive: true, force: true });
  }
}

async function answersOf(page: string, bench: Bench) {
  const chromium = findChromium();
  if (chromium === null) return null;
  const seconds: number[] = [];
  for (let time = 0; time < (bench.smoke ? 1 : 7); time++) {
    bench.signal.throwIfAborted();
    const took = await timePage(page, chromium);
    if (took === null) throw new Error("the page has no figure");
    seconds.push(took);
  }
  return rangeOf(seconds);
}

function notebookOf(folder: string) {
  const code = (id: string, source: string) => ({
    ...{ cell_type: "code", id, metadata: {}, source: [source] },
    ...{ execution_count: null, outputs: [] },
  });
  return {
    cells: [
      { cell_type: "markdown", id: "title", metadata: {}, source: ["# A million calls"] },
      code(
        "open",
        `import * as lab from "wirelab";\nconst run = await lab.open(${JSON.stringify(folder)});\nawait lab.summary(run)`,
      ),
      ...["distribution", "boxes", "timeCourse"].map((figure) => code(figure, `await lab.${figure}(run)`)),
    ],
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: { file_extension: ".ts", mimetype: "text/typescript", name: "typescript" },
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
