import { halfStep } from "../../stats/digits.js";
import { metricUnits, type PublishedMetric, type PublishedNumber } from "../published/published.js";
import type { Remark } from "../published/remarks.js";
import type { Claim } from "../types.js";

/** What of one post is audited. */
export interface AuditInput {
  readonly post: string;
  readonly numbers: readonly PublishedNumber[];
  readonly claims: readonly Claim[];
  readonly remarks: readonly Remark[];
}

/** The numbers of one arm under one condition, times in seconds and sizes in bytes; undefined where the post prints none. */
export interface Line {
  readonly experiment: string;
  readonly arm: string;
  readonly condition: string;
  /** A setting may also be printed for `all` experiments, arms or conditions. */
  readonly value: (metric: PublishedMetric) => number | undefined;
  /** As printed. */
  readonly digits: (metric: PublishedMetric) => string;
  /** How far rounding may have moved the number. */
  readonly slack: (metric: PublishedMetric) => number;
}

/** Metrics that a post sets and does not measure: exact where they are whole. */
const settings: readonly PublishedMetric[] = [
  "payload",
  "window",
  "users",
  "spawn rate",
  "duration",
  "think time min",
  "think time max",
  "workers",
];

/** Of the sizes the smallest that is meant by them, so that what follows from a size is no more than true. */
const inBase: Readonly<Record<string, number>> = { s: 1, ms: 1e-3, us: 1e-6, KB: 1e3, MB: 1e6 };

/** Every rule asks for the lines of the same table. */
const known = new WeakMap<readonly PublishedNumber[], readonly Line[]>();

/** Groups a table into lines: one for each experiment, arm and condition, in the order of the table. */
export function linesOf(numbers: readonly PublishedNumber[]): readonly Line[] {
  const lines = known.get(numbers) ?? grouped(numbers);
  known.set(numbers, lines);
  return lines;
}

function grouped(numbers: readonly PublishedNumber[]): readonly Line[] {
  const groups = new Map<string, PublishedNumber[]>();
  for (const row of numbers) {
    const key = JSON.stringify([row.experiment, row.arm, row.condition]);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  const general = numbers.filter(
    ({ experiment, arm, condition, metric }) =>
      settings.includes(metric) && [experiment, arm, condition].includes("all"),
  );
  return [...groups.values()].flatMap((rows) => lineOf(rows, general));
}

function lineOf(rows: readonly PublishedNumber[], general: readonly PublishedNumber[]): Line[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { experiment, arm, condition } = first;
  const covers = (row: PublishedNumber) =>
    ["all", experiment].includes(row.experiment) &&
    ["all", arm].includes(row.arm) &&
    ["all", condition].includes(row.condition);
  const covering = [...rows, ...general.filter(covers)];
  const find = (metric: PublishedMetric) => covering.find((row) => row.metric === metric);
  const base = (row: PublishedNumber, amount: number) => amount * (inBase[row.unit] ?? 1);
  return [
    {
      experiment,
      arm,
      condition,
      value: (metric) => {
        const row = find(metric);
        return row && base(row, row.value);
      },
      digits: (metric) => find(metric)?.digits ?? "",
      slack: (metric) => {
        const row = find(metric);
        const coarse = metricUnits[metric] === metricUnits.mean && !settings.includes(metric);
        return row === undefined ? 0 : base(row, halfStep(row.digits, { coarse }));
      },
    },
  ];
}

/** The line that a claim speaks of by one of its arms. */
export function lineOfClaim(
  lines: readonly Line[],
  { experiment, conditions }: Claim,
  arm: string,
): Line | undefined {
  return lines.find(
    (line) => line.arm === arm && line.experiment === experiment && line.condition === conditions,
  );
}

/** Where a line stands in its post, for a sentence: `rest, 100 users, 30 s`. */
export function placeOf(line: Line): string {
  return `${line.arm}, ${line.experiment}, ${line.condition}`;
}
