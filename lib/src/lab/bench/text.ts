import { type Cell, type Column, type Table, tableText } from "../../show/tables/table.js";
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatShare,
} from "../../show/words/number.js";
import { type MetricRow, metricTable, sayDuration, sayLacks, sayRate } from "../metric-table.js";
import type { BenchArm, BenchResults } from "./results.js";

/** Results in words and tables for a terminal. */
export function benchText(results: BenchResults): string {
  return [
    headline(results),
    tableText(benchTable(results)),
    ...[sentences(results), notes(results)]
      .filter((lines) => lines.length > 0)
      .map((lines) => lines.join("\n")),
  ].join("\n\n");
}

/** What was asked, in a line. */
export function headline({ work, input, requests, concurrency }: BenchResults): string {
  const file = input === null ? "" : ` of ${input.file} (answered “${input.answer}”)`;
  const callers =
    concurrency.length === 1 && concurrency[0] === 1 ? "1 caller" : `${listOf(concurrency)} callers`;
  return `${work}${file}: ${formatCount(requests)} requests of each arm with ${callers}`;
}

/** A column an arm where there is one concurrency, else a row an arm and level. */
export function benchTable(results: BenchResults): Table {
  return results.concurrency.length === 1 ? metricTable(rows, results.arms) : levelTable(results.arms);
}

/** The comparisons, and what is to be said of throughput against concurrency. */
export function sentences({ comparisons, scaling }: BenchResults): string[] {
  return [
    ...comparisons.map(({ sentence }) => sentence),
    ...scaling.map(({ arm, law, knee, refused }) => {
      if (knee !== null) {
        return `${arm}: throughput peaks at ${formatNumber(knee.value)} callers (${formatNumber(knee.low)} to ${formatNumber(knee.high)}) by the Universal Scalability Law.`;
      }
      return law === null ? `${arm}: no law of scaling, ${refused}.` : `${arm}: ${refused}.`;
    }),
  ];
}

/** What is missing or to be read with care, a line each. */
export function notes({ arms, missing, warnings }: BenchResults): string[] {
  return [
    ...missing.map(({ arm, reason }) => `Not measured: ${arm}. ${reason}`),
    ...warnings.map(({ message, advice }) => `warning: ${message} ${advice}`),
    ...sayLacks(
      arms.map(({ name, metrics: { notMeasured } }) => ({ name, notMeasured })),
      metricNames,
    ),
    ...(arms.some(({ metrics }) => metrics.networkOverheadMs !== null)
      ? [`The ${restOfRequest} is the client's time less the server's own: protocol, network and waiting.`]
      : []),
  ];
}

/** Protocol, frameworks, network and queueing: what of a request is not the work that the server itself timed. */
const restOfRequest = "rest of the request";

const metricNames: Readonly<Record<string, string>> = {
  meanMs: "average",
  p50Ms: "p50",
  p90Ms: "p90",
  p95Ms: "p95",
  p99Ms: "p99",
  minMs: "shortest",
  maxMs: "longest",
  requestsPerSecond: "requests per second",
  peakRequestsPerSecond: "peak (best round)",
  firstByteMs: "time to first byte",
  networkOverheadMs: restOfRequest,
  serverCpuMsPerRequest: "CPU per request",
  serverMemoryBytes: "memory",
};

const rows: readonly MetricRow<BenchArm>[] = [
  ["requests", ({ metrics: { requests } }) => formatCount(requests)],
  ["failed", ({ metrics: { failed, errorRate } }) => `${formatCount(failed)} (${formatShare(errorRate)})`],
  ["average", ({ metrics: { meanMs } }) => sayDuration(meanMs)],
  ["p50", ({ metrics: { p50Ms } }) => sayDuration(p50Ms)],
  ["p90", ({ metrics: { p90Ms } }) => sayDuration(p90Ms)],
  ["p95", ({ metrics: { p95Ms } }) => sayDuration(p95Ms)],
  ["p99", ({ metrics: { p99Ms } }) => sayDuration(p99Ms)],
  ["shortest", ({ metrics: { minMs } }) => formatDuration(minMs)],
  ["longest", ({ metrics: { maxMs } }) => formatDuration(maxMs)],
  ["requests per second", ({ metrics: { requestsPerSecond } }) => sayRate(requestsPerSecond)],
  ["peak (best round)", ({ metrics: { peakRequestsPerSecond } }) => formatNumber(peakRequestsPerSecond)],
  ["time to first byte", ({ metrics: { firstByteMs } }) => formatDuration(firstByteMs)],
  [restOfRequest, ({ metrics: { networkOverheadMs } }) => formatDuration(networkOverheadMs)],
  ["CPU per request", ({ metrics: { serverCpuMsPerRequest } }) => formatDuration(serverCpuMsPerRequest)],
  ["memory", ({ metrics: { serverMemoryBytes } }) => formatBytes(serverMemoryBytes)],
  [
    "errors",
    ({ metrics: { errors } }) => listOf(Object.entries(errors).map(([code, count]) => `${code} ${count}`)),
  ],
];

function levelTable(arms: readonly BenchArm[]): Table {
  const columns: readonly (readonly [Column, (arm: BenchArm) => Cell])[] = [
    [{ name: "arm", kind: "text" }, ({ arm }) => arm],
    [{ name: "callers", kind: "count" }, ({ concurrency }) => concurrency],
    [{ name: "requests", kind: "count" }, ({ metrics }) => metrics.requests],
    [{ name: "failed", kind: "count" }, ({ metrics }) => metrics.failed],
    [{ name: "requests/s", kind: "text" }, ({ metrics }) => sayRate(metrics.requestsPerSecond)],
    [{ name: "best round", kind: "number" }, ({ metrics }) => metrics.peakRequestsPerSecond],
    [{ name: "average", kind: "duration" }, ({ metrics }) => metrics.meanMs?.value ?? null],
    [{ name: "p50", kind: "duration" }, ({ metrics }) => metrics.p50Ms?.value ?? null],
    [{ name: "p90", kind: "duration" }, ({ metrics }) => metrics.p90Ms?.value ?? null],
    [{ name: "p95", kind: "duration" }, ({ metrics }) => metrics.p95Ms?.value ?? null],
    [{ name: "p99", kind: "duration" }, ({ metrics }) => metrics.p99Ms?.value ?? null],
    [{ name: "longest", kind: "duration" }, ({ metrics }) => metrics.maxMs],
  ];
  return {
    columns: columns.map(([column]) => column),
    rows: arms.map((arm) => columns.map(([, value]) => value(arm))),
  };
}

function listOf(parts: readonly (string | number)[]): string {
  return parts.join(", ");
}
