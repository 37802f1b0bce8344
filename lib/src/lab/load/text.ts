import { loadWords, workWords } from "../../show/cards/run-card.js";
import { tableText } from "../../show/tables/table.js";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
} from "../../show/words/number.js";
import { sayRatio } from "../../verdicts/words/prose.js";
import { type MetricRow, metricTable, sayDuration, sayLacks, sayRate } from "../metric-table.js";
import type { Engine } from "./engine-names.js";
import type { LoadReport, ReportedArm } from "./report.js";
import { sides } from "./sides.js";

/** A load in words and a table for a terminal. */
export function loadText(report: LoadReport): string {
  const { arms, load, run } = report;
  const rows = load.kind === "open" ? openRows : closedRows;
  return [
    `${headline(report)}\n${sides(report)}`,
    tableText(metricTable(rows, arms)),
    ...[ratioSentences(report), notes(report)]
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n")),
    run === null ? "The run is not saved." : `Every call is in ${run}`,
  ].join("\n\n");
}

/** What was asked for, in a line. */
function headline({ work, size, load, rounds }: LoadReport): string {
  return [
    `${workWords({ work, size })}: ${loadWords({ load, clients: 1 })}`,
    ...(rounds > 1 ? [`${rounds} rounds of each arm`] : []),
  ].join("; ");
}

/** What is compared with what, a sentence for two arms each. */
function ratioSentences({ ratios, withoutRatio }: LoadReport): string[] {
  const others = [...new Set(ratios.map(({ second }) => second))];
  const sentences = others.map((other) => {
    const own = ratios.filter(({ second }) => second === other);
    const clauses = own.map(({ ratio, ...of }) => sayRatio({ ...of, low: ratio.low, high: ratio.high }));
    return `${clauses.join("; ")}: 99 % intervals, for ${own[0]?.scope}.`;
  });
  return [...sentences, ...withoutRatio];
}

/** What is missing or to be read with care, a line each. */
function notes({
  status,
  engine,
  reason,
  arms,
  notLoaded,
  leftOut,
  warnings,
  warmUpCalls,
  load,
}: LoadReport): string[] {
  const cutOff = arms.reduce((sum, { errors }) => sum + (errors.INTERRUPTED ?? 0), 0);
  const names = load.kind === "open" ? { ...metricNames, ...dueNames } : metricNames;
  return [
    ...(status === "finished"
      ? []
      : [`It ended early, because ${reason}: the numbers are of what there was by then.`]),
    ...(cutOff === 0
      ? []
      : [`${formatCount(cutOff)} of the failed calls were under way when it was interrupted.`]),
    ...(notLoaded.length === 0 ? [] : [`Not measured: ${notLoaded.join(", ")}.`]),
    ...leftOut.map((what) => `Left out: ${what}.`),
    ...warnings.map(({ message, advice }) => `warning: ${message} ${advice}`),
    ...(status === "finished" && warnings.length === 0
      ? ["No law that loads are held to speaks against it."]
      : []),
    ...sayLacks(arms, names),
    warmUpCalls === 0
      ? "Nothing was warmed up: the first calls of a fresh client count."
      : `${formatCount(warmUpCalls)} calls before it warmed up ${warmedBy[engine]}; no number counts them.`,
  ];
}

const warmedBy: Readonly<Record<Engine, string>> = {
  embedded: "client and servers",
  locust:
    "the servers, and not Locust, whose processes are fresh for every round and count from their first call",
};

const metricNames: Readonly<Record<string, string>> = {
  requestsPerSecond: "requests per second",
  p50Ms: "median",
  p95Ms: "p95",
  p99Ms: "p99",
  meanMs: "mean",
  maxMs: "longest",
  serverCpuMsPerRequest: "server CPU",
  serverMemoryBytes: "server memory",
};

const dueNames: Readonly<Record<string, string>> = {
  dueP50Ms: "median from when due",
  dueP95Ms: "p95 from when due",
  dueP99Ms: "p99 from when due",
};

type Rows = readonly MetricRow<ReportedArm>[];

const callRows: Rows = [
  ["requests", ({ requests }) => formatCount(requests)],
  ["failed", ({ failed, errorRate }) => `${formatCount(failed)} (${formatShare(errorRate)})`],
  ["errors", ({ errors }) => sayErrors(errors)],
  ["requests per second", ({ requestsPerSecond }) => sayRate(requestsPerSecond)],
];

const sentRows = (sent: string): Rows => [
  [`median${sent}`, ({ p50Ms }) => sayDuration(p50Ms)],
  [`p95${sent}`, ({ p95Ms }) => sayDuration(p95Ms)],
  [`p99${sent}`, ({ p99Ms }) => sayDuration(p99Ms)],
  [`mean${sent}`, ({ meanMs }) => sayDuration(meanMs)],
  [`longest${sent}`, ({ maxMs }) => formatDuration(maxMs)],
];

const usersRow = (name: string): MetricRow<ReportedArm> => [name, ({ users }) => formatCount(users)];

const costRows: Rows = [
  ["answer, mean size", ({ answerBytes }) => formatBytes(answerBytes)],
  ["server CPU per call", ({ serverCpuMsPerRequest }) => formatDuration(serverCpuMsPerRequest)],
  ["server memory, peak", ({ serverMemoryBytes }) => formatBytes(serverMemoryBytes)],
  ["client CPU per call", ({ clientCpuMsPerCall }) => formatDuration(clientCpuMsPerCall)],
  ["client's processor", ({ clientBusy }) => formatShare(clientBusy)],
  ["client's event loop", ({ clientLoopUse }) => formatShare(clientLoopUse)],
];

const closedRows: Rows = [usersRow("users"), ...callRows, ...sentRows(""), ...costRows];

/** What a user waits counts from when the call was due; both are told. */
const openRows: Rows = [
  usersRow("most under way at once"),
  ...callRows,
  ["calls per second, asked", ({ askedPerSecond }) => formatNumber(askedPerSecond)],
  ["due, not sent", ({ notSent }) => formatCount(notSent)],
  ["median, from when due", ({ dueP50Ms }) => sayDuration(dueP50Ms)],
  ["p95, from when due", ({ dueP95Ms }) => sayDuration(dueP95Ms)],
  ["p99, from when due", ({ dueP99Ms }) => sayDuration(dueP99Ms)],
  ...sentRows(", from when sent"),
  ...costRows,
];

function sayErrors(errors: ReportedArm["errors"]): string {
  return Object.entries(errors)
    .map(([code, count]) => `${code} ${formatCount(count)}`)
    .join(", ");
}
