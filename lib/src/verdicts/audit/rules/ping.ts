import type { PublishedMetric } from "../../published/published.js";
import type { AuditInput } from "../table.js";
import { type Line, linesOf } from "../table.js";

/** A call beside the round trip of its path. */
export interface Pinged {
  readonly line: Line;
  readonly statistic: PublishedMetric;
  readonly callS: number;
  readonly pingS: number;
  /** What every call has to take at least, as far as that ping can be trusted. */
  readonly leastS: number;
  /** Whether the two have to obey the law of round trips: the same statistic, or the shortest ping. */
  readonly comparable: boolean;
}

/** A ping is itself a sample of its moment; a call has to be further below it than this to have broken the law. */
const pingSlack = 0.9;

const statistics = ["mean", "median", "min"] as const;

/** Each line with a mean, median or minimum, once for every place it is printed at, beside the ping of its condition. */
export function pingedLines({ numbers }: AuditInput): readonly Pinged[] {
  const lines = linesOf(numbers);
  const pings = new Map(lines.filter(({ arm }) => arm === "ping").map((line) => [line.condition, line]));
  return lines.flatMap((line) => {
    const ping = pings.get(line.condition) ?? pings.get("all");
    // The tables of ranges repeat the means of the tables of means.
    const repeated = line.experiment.endsWith("-range");
    return line.arm === "ping" || repeated || ping === undefined ? [] : besidePing(line, ping);
  });
}

function besidePing(line: Line, ping: Line): Pinged[] {
  const has = (of: Line) => (metric: PublishedMetric) => of.value(metric) !== undefined;
  const both = statistics.find((metric) => has(line)(metric) && has(ping)(metric));
  const statistic = both ?? statistics.find(has(line));
  const ofPing = both ?? statistics.toReversed().find(has(ping));
  if (statistic === undefined || ofPing === undefined) return [];
  const [callS, pingS] = [line.value(statistic), ping.value(ofPing)];
  if (callS === undefined || pingS === undefined) return [];
  const comparable = both !== undefined || ofPing === "min";
  const leastS = pingSlack * Math.max(0, pingS - ping.slack(ofPing));
  return [{ line, statistic, callS, pingS, leastS, comparable }];
}

/** How a statistic of calls is said after a verb. */
export function sayStatistic(statistic: PublishedMetric): string {
  return { mean: "on average", median: "in the median", min: "at least" }[statistic as string] ?? statistic;
}
