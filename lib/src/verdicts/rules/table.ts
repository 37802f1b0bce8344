import type { PublishedMetric, PublishedNumber } from "../published.js";
import type { Claim, Finding } from "../types.js";

/** What of one post is audited. */
export interface AuditInput {
  readonly post: string;
  readonly numbers: readonly PublishedNumber[];
  readonly claims: readonly Claim[];
}

/** A law or a bound, applied to what a post prints; returns what breaks it. */
export type Rule = (input: AuditInput) => readonly Finding[];

/** The numbers of one arm under one condition. */
export interface Line {
  readonly experiment: string;
  readonly arm: string;
  readonly condition: string;
  /** The number in its own unit, except times, which are in seconds; undefined where the post prints none. */
  readonly value: (metric: PublishedMetric) => number | undefined;
  /** As printed. */
  readonly digits: (metric: PublishedMetric) => string;
}

const seconds: Readonly<Record<string, number>> = { s: 1, ms: 1e-3 };

/** Groups a table into lines: one for each experiment, arm and condition, in the order of the table. */
export function linesOf(numbers: readonly PublishedNumber[]): readonly Line[] {
  const groups = new Map<string, PublishedNumber[]>();
  for (const row of numbers) {
    const key = JSON.stringify([row.experiment, row.arm, row.condition]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()].map(lineOf);
}

function lineOf(rows: readonly PublishedNumber[]): Line {
  const find = (metric: PublishedMetric) => rows.find((row) => row.metric === metric);
  return {
    experiment: rows[0]?.experiment ?? "",
    arm: rows[0]?.arm ?? "",
    condition: rows[0]?.condition ?? "",
    value: (metric) => {
      const row = find(metric);
      return row && row.value * (seconds[row.unit] ?? 1);
    },
    digits: (metric) => find(metric)?.digits ?? "",
  };
}

/** Where a line stands in its post, for a sentence: `rest, 100 users, 30 s`. */
export function placeOf(line: Line): string {
  return `${line.arm}, ${line.experiment}, ${line.condition}`;
}
