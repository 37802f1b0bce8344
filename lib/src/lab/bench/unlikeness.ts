import { formatDurationInterval } from "../../show/words/number.js";
import type { BenchResults } from "./results.js";

type Of = (results: BenchResults) => unknown;

/** What makes a setting, and what is said where it differs. */
const settings: readonly (readonly [Of, string])[] = [
  [({ work }) => work, "their work differs"],
  [({ input }) => input && [input.sha256, input.contentType], "they sent different files"],
  [({ input }) => input?.answer, "their servers answered differently"],
  [
    ({ arms }) => arms.map(({ name, concurrency }) => [name, concurrency]),
    "their arms or levels of concurrency differ",
  ],
  [({ servers }) => servers, "they called servers at different addresses"],
  [({ arms }) => arms.map(({ client }) => client), "their clients differ"],
  [({ requests }) => requests, "their numbers of requests differ"],
  [({ timeoutMs }) => timeoutMs, "their time-outs differ"],
  [
    ({ environment: { gitCommit: _, gitDirty: __, ...machine } }) => machine,
    "their machines or software differ",
  ],
];

/** Why results cannot be counted as of one setting, as the end of a sentence; null when they can. */
export function unlikeness(all: readonly BenchResults[]): string | null {
  if (new Set(all.map(({ measuredAt, seed }) => `${measuredAt} ${seed}`)).size < all.length) {
    return "one run is there twice";
  }
  const differs = (of: Of) => new Set(all.map((results) => JSON.stringify(of(results)))).size > 1;
  return settings.find(([of]) => differs(of))?.[1] ?? farApart(all);
}

/** The same addresses can lead to another server, which a record cannot tell but its medians can. */
function farApart(all: readonly BenchResults[]): string | null {
  for (const { name } of all[0]?.arms ?? []) {
    const medians = all.flatMap(({ arms }) => arms.find((arm) => arm.name === name)?.metrics.p50Ms ?? []);
    const [lowest] = medians.toSorted((a, b) => a.high - b.high);
    const [highest] = medians.toSorted((a, b) => b.low - a.low);
    if (lowest === undefined || highest === undefined || lowest.high >= highest.low) continue;
    const [low, high] = [lowest, highest].map(formatDurationInterval);
    return `their medians of ${name} lie clearly apart (${low} and ${high}), as if the servers were others`;
  }
  return null;
}
