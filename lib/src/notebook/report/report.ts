import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { WirelabError } from "../../errors.js";
import type { Environment } from "../../record/run-info.js";
import type { Claim, Verdict } from "../../verdicts/types.js";
import { readNotebook, writeWhole } from "../cells/ipynb.js";
import { declaredParameters, type ParameterValues } from "../cells/parameters.js";
import { type Embedded, type InCell, readEmbedded } from "../page/embedded.js";
import { notebookTitle, writePage } from "../page/export-page.js";
import { cellAnchor } from "../page/page.js";
import { type NotebookProgress, type NotebookRun, notebookName, runNotebook } from "../run-notebook.js";
import { type NotebookEntry, type ReportState, renderIndex, scopeLines } from "./index-page.js";
import type { LedgerRow, Linked } from "./ledger-table.js";

/** How a report is made. */
export interface RunAllOptions {
  readonly reportsFolder: string;
  readonly environment: Environment;
  /** All claims, so that those without a verdict are shown as such. Default: none. */
  readonly claims?: readonly Claim[];
  /** Each is given to the notebooks that declare it, at least one. */
  readonly parameters?: ParameterValues;
  /** Time limit of each cell. */
  readonly timeoutMs?: number;
  readonly interruptGraceMs?: number;
  /** How small a difference can be trusted on this machine, in sentences. Default: nothing is said of it. */
  readonly noise?: readonly string[];
  /** Draws the ledger as one picture, as self-contained HTML. */
  readonly ledgerPicture?: (verdicts: readonly Verdict[]) => string;
  readonly onProgress?: (progress: NotebookProgress) => void;
  /** Called when a notebook has ended, after the index was rewritten. */
  readonly onNotebook?: (entry: NotebookEntry) => void;
  /** Aborting it interrupts the running notebook; those after it stay "waiting". */
  readonly signal?: AbortSignal | undefined;
  /** For the date on the pages. */
  readonly now?: () => Date;
}

/** What a report came to. */
export interface Report {
  /** `failed` when any notebook failed, `interrupted` when the signal ended it. */
  readonly status: "ok" | "failed" | "interrupted";
  readonly notebooks: readonly NotebookEntry[];
  readonly verdicts: readonly Verdict[];
  readonly indexFile: string;
  readonly summaryFile: string;
}

/**
 * Runs notebooks one after another, each in a kernel of its own, and goes on after one that fails. Writes for each the
 * executed notebook and its page, and rewrites `index.html` and `summary.json` after every one.
 *
 * @throws WirelabError `usage` when there is nothing to run, or two notebooks share a name; `disk` when the reports
 * folder cannot be written; what a notebook does never throws
 * @example await runAll(["notebooks/00-start-here.ipynb"], { reportsFolder: "reports", environment })
 */
export async function runAll(files: readonly string[], options: RunAllOptions): Promise<Report> {
  const startedAt = options.now?.() ?? new Date();
  const names = files.map(notebookName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (files.length === 0 || twice !== undefined) {
    const what = twice === undefined ? "There is no notebook to run" : `Two notebooks are named ${twice}`;
    throw new WirelabError("usage", `${what}; give the paths of the notebooks, each once.`);
  }
  const declared = await declaredBy(files, options.parameters ?? {});
  await makeFolder(options.reportsFolder);
  const ledger: LedgerRow[] = [];
  const findings: ReportState["findings"][number][] = [];
  const runs: ReportState["runs"][number][] = [];
  const claimConditions: ReportState["claimConditions"][number][] = [];
  const entries: NotebookEntry[] = names.map((name) => ({ name, title: name, status: "waiting" }));
  const found = { ledger, findings, runs, claimConditions };
  const write = () => writeReport({ ...options, startedAt, notebooks: entries, ...found });

  for (const [index, file] of files.entries()) {
    if (options.signal?.aborted) break;
    const name = names[index] ?? file;
    entries[index] = { name, title: name, status: "running" };
    await write();
    const { entry, embedded } = await runOne(
      file,
      { ...options, parameters: declared[index] ?? {} },
      startedAt,
    );
    const page = `${name}.html`;
    ledger.push(...link(embedded.verdicts, page).map(({ value, href }) => ({ verdict: value, href })));
    findings.push(...link(embedded.findings, page));
    runs.push(...link(embedded.runs, page));
    claimConditions.push(...link(embedded.claimConditions, page));
    entries[index] = entry;
    await write();
    options.onNotebook?.(entry);
  }
  const { indexFile, summaryFile } = await write();
  return {
    status: overall(entries),
    notebooks: entries,
    verdicts: ledger.map(({ verdict }) => verdict),
    indexFile,
    summaryFile,
  };
}

/** For each notebook the parameters that it declares; one that cannot be read declares none, and fails when it runs. */
async function declaredBy(files: readonly string[], values: ParameterValues): Promise<ParameterValues[]> {
  const known = await Promise.all(
    files.map((file) =>
      readNotebook(file)
        .then(declaredParameters, () => [])
        .then((all) => all.map(({ name }) => name)),
    ),
  );
  const stranger = Object.keys(values).find((name) => !known.some((names) => names.includes(name)));
  if (stranger !== undefined) {
    const all = [...new Set(known.flat())].join(", ");
    const which = all === "" ? "they have none" : `they know: ${all}`;
    throw new WirelabError("usage", `None of these notebooks has a parameter ${stranger}; ${which}.`);
  }
  return known.map((names) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))),
  );
}

const nothing: Embedded = { verdicts: [], findings: [], runs: [], claimConditions: [] };

async function runOne(
  file: string,
  options: RunAllOptions,
  startedAt: Date,
): Promise<{ entry: NotebookEntry; embedded: Embedded }> {
  const name = notebookName(file);
  let ran: NotebookRun;
  try {
    ran = await runNotebook(file, { ...options, outputFile: join(options.reportsFolder, `${name}.ipynb`) });
  } catch (error) {
    // A full disk would fail for every notebook and for the index: that is the caller's to hear.
    if (!(error instanceof WirelabError) || error.code === "disk") throw error;
    return {
      entry: { name, title: name, status: "failed", seconds: 0, reason: error.message, page: null },
      embedded: nothing,
    };
  }
  const page = `${name}.html`;
  const stop = ran.status === "ok" ? null : ran.stop;
  await writePage(ran.notebook, file, join(options.reportsFolder, page), {
    scope: scopeLines(options.environment, startedAt),
    stop,
    indexHref: "index.html",
  });
  const common = { name, title: notebookTitle(ran.notebook) ?? name, seconds: ran.seconds, page };
  const read = readOrReason(ran);
  if (ran.status === "ok" && read.reason === null)
    return { entry: { ...common, status: "ok" }, embedded: read.embedded };
  const reason = ran.status === "ok" ? (read.reason ?? "") : `Cell ${ran.stop.cell}: ${ran.stop.reason}`;
  const status = ran.status === "ok" ? "failed" : ran.status;
  return { entry: { ...common, status, reason }, embedded: read.embedded };
}

function readOrReason(ran: NotebookRun): { embedded: Embedded; reason: string | null } {
  try {
    return { embedded: readEmbedded(ran.notebook), reason: null };
  } catch (error) {
    if (!(error instanceof WirelabError)) throw error;
    return { embedded: nothing, reason: error.message };
  }
}

async function writeReport(
  state: RunAllOptions & Omit<ReportState, "claims" | "noise" | "ledgerPicture">,
): Promise<{ indexFile: string; summaryFile: string }> {
  const indexFile = join(state.reportsFolder, "index.html");
  const summaryFile = join(state.reportsFolder, "summary.json");
  const summary = {
    environment: state.environment,
    notebooks: state.notebooks.map(summarised),
    verdicts: state.ledger.map(({ verdict }) => verdict),
  };
  await writeWhole(summaryFile, `${JSON.stringify(summary, null, 2)}\n`);
  const { claims = [], noise = [], ledgerPicture = null } = state;
  await writeWhole(indexFile, renderIndex({ ...state, claims, noise, ledgerPicture }));
  return { indexFile, summaryFile };
}

function summarised(entry: NotebookEntry): Record<string, string | number | null> {
  const { name, status } = entry;
  return {
    name,
    status,
    seconds: "seconds" in entry ? entry.seconds : null,
    page: "page" in entry ? entry.page : null,
    reason: "reason" in entry ? entry.reason : null,
  };
}

function link<T>(found: readonly InCell<T>[], page: string): Linked<T>[] {
  return found.map(({ value, cellId }) => ({ value, href: `${page}#${cellAnchor(cellId)}` }));
}

function overall(entries: readonly NotebookEntry[]): Report["status"] {
  if (entries.some(({ status }) => status === "interrupted" || status === "waiting")) return "interrupted";
  return entries.some(({ status }) => status === "failed") ? "failed" : "ok";
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new WirelabError("disk", `The folder ${folder} cannot be made; choose another with --reports.`, {
      cause,
    });
  }
}
