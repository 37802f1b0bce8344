import { existsSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { workSize } from "../arms/registry.js";
import { WirelabError } from "../errors.js";
import { type MeasureOptions, measure as measureRun } from "../experiment/measure.js";
import { serviceWork } from "../experiment/plan/service-plan.js";
import { listRuns } from "../record/list-runs.js";
import type { Load } from "../record/load-info.js";
import { openRun, type Run } from "../record/run.js";
import { readRunFile } from "../record/run-json.js";
import { unknownWork } from "../record/tools/describe-import.js";
import { readCalls } from "../record/tools/import.js";
import { projectRoot } from "../root.js";
import { runCardHtml, runCardText } from "../show/cards/run-card.js";
import { showable } from "../show/display.js";
import { progressReporter } from "../show/progress.js";
import { sayUsers } from "../verdicts/words/load-words.js";
import { requireService } from "./require-service.js";
import { prepareService } from "./service/prepare.js";
import { readService, type Service, type ServiceOptions } from "./service/service.js";

/**
 * What a notebook measures, or reads instead.
 *
 * @example
 * const options: lab.LabOptions = { arms: ["rest", "grpc"], calls: 1000, pairs: 2 };
 */
export interface LabOptions extends Omit<MeasureOptions, "onProgress" | "arms" | "service"> {
  /** Ways of calling, or operations of `service`; of a service by default all of them. */
  readonly arms?: MeasureOptions["arms"];
  /**
   * Somebody's servers, by the path of a JSON file or as `{ operations: { name: rest(…) or grpc(…) } }`: called as they are, and
   * in place of a work.
   */
  readonly service?: string | ServiceOptions;
  /**
   * Hosts of `service` that may be called besides this machine's loopback address, by their names; several may stand in one text
   * with commas between. Default: none.
   */
  readonly allowHosts?: string | readonly string[];
  /**
   * What to read instead of measuring: a run folder, a folder of them, of which the newest of that name is read, or a file of
   * another tool with a row a call; "" measures. With a `service` that is not "" the run must be one of the same operations.
   */
  readonly source?: string;
}

/**
 * Measures arms against each other with live progress, or reads the run in `source`; the run shows itself as a card.
 *
 * @throws WirelabError `usage` for an option that cannot be, or a source without such a run; `server-failed` and
 *   `client-failed` where a process ends or too many calls fail in a row; `interrupted`, after which what was measured is
 *   kept
 * @example
 * const run = await lab.measure({ arms: ["rest", "grpc"], pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 20 });
 */
export async function measure({ source = "", ...given }: LabOptions): Promise<Run> {
  const { service, allowHosts = [], ...options } = given;
  const usual = service === undefined ? "increment" : serviceWork;
  if (source !== "") {
    const run = await open(runIn(source, options.name ?? options.work ?? usual));
    requireSame(run, service === undefined ? options : { ...options, work: usual, tls: run.info.tls });
    if (service !== undefined && service !== "") requireService(run, serviceOf(service), options.arms);
    return run;
  }
  const { timeoutMs = 5000 } = options;
  const prepared =
    service === undefined
      ? null
      : await prepareService(serviceOf(service), {
          allowHosts: namesIn(allowHosts),
          timeoutMs,
        });
  const arms = options.arms ?? Object.keys(prepared?.operations ?? {});
  const progress = progressReporter();
  try {
    const run = await measureRun({
      ...options,
      arms,
      ...(prepared !== null && { service: prepared }),
      onProgress: (step) => progress.report(step),
    });
    progress.finish();
    return asCard(run);
  } catch (error) {
    // A kernel's interrupt fails the cell at once, so what is thrown here is seen by nobody: the bar has to say it.
    const unseen = error instanceof WirelabError && error.code === "interrupted";
    progress.finish("stopped", unseen ? error.message : undefined);
    throw error;
  }
}

/**
 * Opens a run folder, or the calls in a file of another tool, by its path from here or from the project; the run shows itself as
 * a card.
 *
 * @throws WirelabError `usage` when there is none or no calls are in it, `damaged-run` when nothing can be read of it
 * @example
 * await lab.open("requests.csv");
 */
export async function open(path: string): Promise<Run> {
  const found = fromHereOrProject(path);
  return asCard(isFile(found) ? await readCalls([found]) : await openRun(found));
}

function serviceOf(service: string | ServiceOptions): Service {
  return readService(typeof service === "string" ? fromHereOrProject(service) : service);
}

function namesIn(allowHosts: string | readonly string[]): readonly string[] {
  const names = typeof allowHosts === "string" ? allowHosts.split(",") : allowHosts;
  return names.map((name) => name.trim()).filter((name) => name !== "");
}

/** Whether there is such a file, and not a folder. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A folder as it is named from here, or where there is none from the project. */
export function fromHereOrProject(folder: string): string {
  const fromProject = resolve(projectRoot, folder);
  return !existsSync(folder) && existsSync(fromProject) ? fromProject : folder;
}

/** The folder itself where it is a run or none are in it, else the newest run in it of that name. */
function runIn(source: string, name: string): string {
  const folder = fromHereOrProject(source);
  if (isFile(folder)) return folder;
  if (readRunFile(folder).kind !== "missing") return folder;
  const inside = listRuns(folder).flatMap((run) => (run.kind === "run" ? [run] : []));
  if (inside.length === 0) return folder;
  const newest = inside.find(({ info }) => info.name === name);
  if (newest !== undefined) return newest.folder;
  const names = [...new Set(inside.map(({ info }) => info.name))].join(", ");
  throw new WirelabError(
    "usage",
    `None of the runs in ${folder} is named "${name}"; there are ${names}. Leave source empty to measure.`,
  );
}

/** Another work or another path would be shown under headings that are not its own. */
function requireSame({ info, folder }: Run, options: Omit<LabOptions, "source">): void {
  // What another tool's file does not tell may be what is asked for.
  if (info.imported !== null && [unknownWork, options.work ?? "increment"].includes(info.work)) return;
  const {
    work = info.work,
    link,
    load = null,
    pauseMs = 0,
    tls = options.remote?.tls !== undefined,
  } = options;
  const size = work === serviceWork ? null : workSize(work, options.size ?? null);
  const found = settingWords({ ...info, roundTripMs: info.link?.roundTripMs });
  const asked = settingWords({ work, size, load, pauseMs, roundTripMs: link?.roundTripMs, tls });
  if (found === asked) return;
  throw new WirelabError(
    "usage",
    `The run in ${folder} is of ${found}, not of ${asked}: give the run that was measured so.`,
  );
}

interface Asked {
  readonly work: string;
  readonly size: number | null;
  readonly load: Load | null;
  readonly pauseMs: number;
  readonly roundTripMs: number | undefined;
  readonly tls: boolean;
}

function settingWords({ work, size, load, pauseMs, roundTripMs, tls }: Asked): string {
  const paused = pauseMs === 0 ? "" : `, pausing ${pauseMs} ms`;
  const sized = size === null ? "" : ` of size ${size}`;
  const path = roundTripMs === undefined ? "without a link" : `over ${roundTripMs} ms`;
  return `${work}${sized} ${path}${tls ? ", encrypted" : ""}${paused}${loadWords(load)}`;
}

/** Ramp, rates and run time are how much was measured, in which the reader of a run may differ. */
function loadWords(load: Load | null): string {
  if (load === null) return "";
  return load.kind === "open" ? ", under an open load" : `, under ${sayUsers(load)}`;
}

/** A run as a notebook shows it. */
export function asCard(run: Run): Run {
  return showable(run, {
    html: () => runCardHtml(run.info, run.folder),
    text: () => runCardText(run.info, run.folder),
  });
}
