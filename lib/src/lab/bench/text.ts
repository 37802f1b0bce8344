import {
  formatBytes,
  formatCount,
  formatDuration,
  formatDurationInterval,
  formatNumber,
  formatShare,
  formatUnlessVast,
} from "../../show/number.js";
import { type Cell, type Column, type Table, tableText } from "../../show/table.js";
import type { Estimate } from "../../stats/interval.js";
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
  return results.concurrency.length === 1 ? metricTable(results.arms) : levelTable(results.arms);
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
  const metrics = [...new Set(arms.flatMap((arm) => Object.keys(arm.metrics.notMeasured)))];
  return [
    ...missing.map(({ arm, reason }) => `Not measured: ${arm}. ${reason}`),
    ...warnings.map(({ message, advice }) => `warning: ${message} ${advice}`),
    ...metrics.map((metric) => lack(arms, metric)),
    ...(arms.some(({ metrics }) => metrics.networkOverheadMs !== null)
      ? [`The ${restOfRequest} is the client's time less the server's own: protocol, network and waiting.`]
      : []),
  ];
}

/** Which arms lack a metric, and why; many arms lack one for much the same reason, which is then said of the first. */
function lack(arms: readonly BenchArm[], metric: string): string {
  const lacking = arms.flatMap(({ name, metrics }) => {
    const why = metrics.notMeasured[metric];
    return why === undefined ? [] : [{ name, why }];
  });
  const reasons = [...new Set(lacking.map(({ why }) => why))];
  const whose = lacking.length === arms.length ? "" : ` of ${listOf(lacking.map(({ name }) => name))}`;
  const more = reasons.length === 1 ? "" : ` (${lacking[0]?.name}; the others likewise)`;
  return `No ${metricNames[metric] ?? metric}${whose}: ${reasons[0]}${more}.`;
}

/** Protocol, frameworks, network and queueing: what of a request is not the work that the server itself timed. */
const restOfRequest = "rest of the request";

const metricNames: Readonly<Record<string, string>> = {
  meanMs: "average",
  p50Ms: "p50",
  p90Ms: "p90",
  p95Ms: "p95",
  p99Ms: "p99",
  requestsPerSecond: "requests per second",
  firstByteMs: "time to first byte",
  networkOverheadMs: restOfRequest,
  serverCpuMsPerRequest: "CPU per request",
  serverMemoryBytes: "memory",
};

type Metrics = BenchArm["metrics"];

const rows: readonly (readonly [string, (metrics: Metrics) => string])[] = [
  ["requests", ({ requests }) => formatCount(requests)],
  ["failed", ({ failed, errorRate }) => `${formatCount(failed)} (${formatShare(errorRate)})`],
  ["average", ({ meanMs }) => duration(meanMs)],
  ["p50", ({ p50Ms }) => duration(p50Ms)],
  ["p90", ({ p90Ms }) => duration(p90Ms)],
  ["p95", ({ p95Ms }) => duration(p95Ms)],
  ["p99", ({ p99Ms }) => duration(p99Ms)],
  ["shortest", ({ minMs }) => formatDuration(minMs)],
  ["longest", ({ maxMs }) => formatDuration(maxMs)],
  ["requests per second", ({ requestsPerSecond }) => rate(requestsPerSecond)],
  ["peak (best round)", ({ peakRequestsPerSecond }) => formatNumber(peakRequestsPerSecond)],
  ["time to first byte", ({ firstByteMs }) => formatDuration(firstByteMs)],
  [restOfRequest, ({ networkOverheadMs }) => formatDuration(networkOverheadMs)],
  ["CPU per request", ({ serverCpuMsPerRequest }) => formatDuration(serverCpuMsPerRequest)],
  ["memory", ({ serverMemoryBytes }) => formatBytes(serverMemoryBytes)],
  ["errors", ({ errors }) => listOf(Object.entries(errors).map(([code, count]) => `${code} ${count}`))],
];

function metricTable(arms: readonly BenchArm[]): Table {
  return {
    columns: [{ name: "metric", kind: "text" }, ...arms.map(({ name }): Column => ({ name, kind: "text" }))],
    rows: rows.map(([name, said]) => [name, ...arms.map(({ metrics }) => said(metrics) || "none")]),
  };
}

function levelTable(arms: readonly BenchArm[]): Table {
  const columns: readonly (readonly [Column, (arm: BenchArm) => Cell])[] = [
    [{ name: "arm", kind: "text" }, ({ arm }) => arm],
    [{ name: "callers", kind: "count" }, ({ concurrency }) => concurrency],
    [{ name: "requests", kind: "count" }, ({ metrics }) => metrics.requests],
    [{ name: "failed", kind: "count" }, ({ metrics }) => metrics.failed],
    [{ name: "requests/s", kind: "text" }, ({ metrics }) => rate(metrics.requestsPerSecond)],
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

function duration(estimate: Estimate | null): string {
  if (estimate === null) return formatDuration(null);
  return `${formatDuration(estimate.value)} (${formatUnlessVast(estimate, formatDurationInterval)})`;
}

function rate(estimate: Estimate | null): string {
  if (estimate === null) return formatNumber(null);
  return `${formatNumber(estimate.value)} (${formatUnlessVast(estimate, formatRates)})`;
}

function formatRates({ low, high }: Estimate): string {
  return `${formatNumber(low)}–${formatNumber(high)}`;
}

function listOf(parts: readonly (string | number)[]): string {
  return parts.join(", ");
}
