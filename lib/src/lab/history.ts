import { basename } from "node:path";
import {
  cutOf,
  type HistoryMetric,
  type HistorySeries,
  historyOf,
  type PastRun,
} from "../analysis/runs/history.js";
import { WirelabError } from "../errors.js";
import { type ListedRun, listRuns } from "../record/list-runs.js";
import { type ReadBlocks, readBlocks } from "../record/parquet/run-blocks.js";
import { defaultRunsFolder } from "../root.js";
import { type History, showHistory } from "../show/cards/history.js";
import { questionKey } from "../verdicts/runs/run-differences.js";
import { fromHereOrProject } from "./measure.js";

/**
 * Which runs, and what of them.
 *
 * @example
 * const options: lab.HistoryOptions = { name: "increment", metrics: ["median"], last: 50 };
 */
export interface HistoryOptions {
  /** Of the runs; default the name that most of them have. */
  readonly name?: string;
  /** Where they are; default `data/runs`. */
  readonly folder?: string;
  /** Default median and p99. */
  readonly metrics?: readonly HistoryMetric[];
  /** So many of the newest; default 200. */
  readonly last?: number;
}

/**
 * Runs of one name over time, a series an arm and metric, with 99 % intervals and the runs with which it changed (E-divisive means). Only runs
 * that asked the same of an arm as the newest of them are in its series. An empty history says so.
 *
 * @throws WirelabError `usage` for a name that no run has
 * @example
 * await lab.history({ name: "increment" });
 */
export async function history({
  name,
  folder = defaultRunsFolder,
  metrics = ["median", "p99"],
  last = 200,
}: HistoryOptions = {}): Promise<History> {
  const place = fromHereOrProject(folder);
  const listed = listRuns(place);
  const whole = listed.flatMap((one) => (one.kind === "run" ? [one] : []));
  const wanted = nameOf(whole, name, place);
  const ofName = whole.filter(({ info }) => info.name === wanted);
  const newest = ofName.toSorted(byTime).slice(-last);
  const { past, unreadable } = await readPast(newest);
  const found = metrics.flatMap((metric) => seriesOf(past, metric));
  const older = ofName.length - newest.length;
  const damaged = listed.filter(({ kind }) => kind === "damaged").map((one) => basename(one.folder));
  return showHistory({
    name: wanted,
    folder: place,
    series: found.map(({ series }) => series),
    leftOut: [
      ...(older === 0 ? [] : [`${older} of the oldest runs`]),
      ...new Set(found.flatMap(({ otherwise }) => otherwise)),
      ...unreadable,
      ...damaged.map((run) => `${run}, whose run.json cannot be read`),
    ],
  });
}

type Listed = Extract<ListedRun, { readonly kind: "run" }>;

function byTime(a: Listed, b: Listed): number {
  return Date.parse(a.info.startedAt) - Date.parse(b.info.startedAt) || a.folder.localeCompare(b.folder);
}

/** The name asked for, or the most frequent one, of equally frequent ones the newest; null where there are no runs. */
function nameOf(runs: readonly Listed[], name: string | undefined, folder: string): string | null {
  if (runs.length === 0) return null;
  const counts = new Map<string, number>();
  for (const { info } of runs) counts.set(info.name, (counts.get(info.name) ?? 0) + 1);
  if (name === undefined || name === "") {
    const [first] = [...counts].toSorted(([, a], [, b]) => b - a);
    return first?.[0] ?? null;
  }
  if (counts.has(name)) return name;
  throw new WirelabError(
    "usage",
    `No run in ${folder} is named "${name}"; there are ${[...counts.keys()].join(", ")}.`,
  );
}

async function readPast(
  runs: readonly Listed[],
): Promise<{ past: readonly PastRun[]; unreadable: readonly string[] }> {
  const blocks = await readBlocks(runs.map(({ folder, info }) => ({ folder, cut: cutOf(info) })));
  const past: PastRun[] = [];
  const unreadable: string[] = [];
  for (const [i, { folder, info }] of runs.entries()) {
    const read = blocks[i] as ReadBlocks;
    const run = basename(folder);
    if ("unreadable" in read)
      unreadable.push(`${run}, which has no whole calls.parquet (it was killed, goes on, or is damaged)`);
    else past.push({ run, info, ...read });
  }
  return { past, unreadable };
}

interface Found {
  readonly series: HistorySeries;
  /** What asked something else than the newest, and is left out. */
  readonly otherwise: readonly string[];
}

function seriesOf(past: readonly PastRun[], metric: HistoryMetric): readonly Found[] {
  const arms = [...new Set(past.toReversed().flatMap(({ info }) => info.arms.map(({ name }) => name)))];
  return arms.map((arm) => {
    const having = past.filter(({ info }) => info.arms.some(({ name }) => name === arm));
    const newest = having.at(-1);
    const alike = having.filter(
      ({ info }) => newest && questionKey(info, arm) === questionKey(newest.info, arm),
    );
    const others = having.length - alike.length;
    const otherwise =
      others === 0
        ? []
        : [
            `${others} of the runs of ${arm}, which asked something else than the newest (work, size, callers, load, link or server)`,
          ];
    return { series: historyOf(alike, arm, metric), otherwise };
  });
}
