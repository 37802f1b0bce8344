import type { ArmSummary, Comparison } from "../../analysis/types.js";
import { runCardText } from "../../show/cards/run-card.js";
import { type Column, tableText } from "../../show/tables/table.js";
import { formatDurationInterval, formatRatioInterval, formatUnlessVast } from "../../show/words/number.js";
import type { RunSummary } from "./run-summary.js";

/** A run in numbers for a terminal: the card, a row an arm, a row a ratio, and what could not be said. */
export function summaryText({ folder, info, warnings, arms, ratios, withoutRatio }: RunSummary): string {
  const notes = [...arms.flatMap(refusals), ...withoutRatio];
  return [
    runCardText({ ...info, warnings }, folder),
    armTable(arms),
    ...(ratios.length === 0 ? [] : [ratioTable(ratios)]),
    ...(notes.length === 0 ? [] : [notes.join("\n")]),
  ].join("\n\n");
}

const armColumns: readonly Column[] = [
  { name: "arm", kind: "text" },
  { name: "calls", kind: "count" },
  { name: "failed", kind: "count" },
  { name: "p50", kind: "duration" },
  { name: "99 % interval", kind: "text" },
  { name: "p90", kind: "duration" },
  { name: "p95", kind: "duration" },
  { name: "p99", kind: "duration" },
  { name: "mean", kind: "duration" },
  { name: "max", kind: "duration" },
  { name: "calls/s", kind: "number" },
  { name: "server CPU", kind: "duration" },
];

function armTable(arms: readonly ArmSummary[]): string {
  const rows = arms.map((arm) => [
    arm.arm,
    arm.calls,
    arm.failed,
    arm.p50Ms?.value ?? null,
    arm.p50Ms === null ? null : formatUnlessVast(arm.p50Ms, formatDurationInterval),
    arm.p90Ms?.value ?? null,
    arm.p95Ms?.value ?? null,
    arm.p99Ms?.value ?? null,
    arm.meanMs,
    arm.maxMs,
    arm.callsPerSecond,
    arm.server.cpuMsPerCall,
  ]);
  return tableText({ columns: armColumns, rows });
}

function ratioTable(ratios: readonly Comparison[]): string {
  const columns: readonly Column[] = [
    { name: "median", kind: "text" },
    { name: "ratio", kind: "ratio" },
    { name: "99 % interval", kind: "text" },
    { name: "pairs", kind: "count" },
    { name: "blocks", kind: "count" },
    { name: "speaks for", kind: "text" },
  ];
  const rows = ratios.map(({ first, second, ratio, pairs, blocks, scope }) => [
    `${first} ÷ ${second}`,
    ratio.value,
    formatUnlessVast(ratio, formatRatioInterval),
    pairs,
    blocks,
    scope,
  ]);
  return tableText({ columns, rows });
}

function refusals({ arm, refused }: ArmSummary): string[] {
  return Object.values(refused).map(({ refused: why }) => `${arm}: ${why}.`);
}
