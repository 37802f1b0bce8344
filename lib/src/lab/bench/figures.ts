import { againstConcurrency } from "../../show/figures/against-concurrency.js";
import { boxes } from "../../show/figures/boxes.js";
import { distribution } from "../../show/figures/distribution.js";
import type { Figure } from "../../show/figures/figure.js";
import { metricBars } from "../../show/figures/metric-bars.js";
import type { BenchRecord } from "./record-file.js";
import { type BenchResults, callsOfArms } from "./results.js";

/**
 * The figures of results: key metrics and durations at the highest concurrency, throughput and latency against
 * concurrency where there are several levels. `records` hold the calls that the results were computed from.
 */
export function benchFigures(results: BenchResults, records: readonly BenchRecord[]): Figure[] {
  const { arms, scaling, concurrency, run: source } = results;
  const highest = Math.max(...concurrency);
  const load = `${highest} ${highest === 1 ? "caller" : "callers"} at the same time`;
  // Without requests that succeeded there is nothing to draw.
  const drawn = arms.filter(({ metrics }) => metrics.minMs !== null);
  if (drawn.length === 0) return [];
  const protocols = Object.fromEntries(
    arms.flatMap(({ name, arm, protocol }) => [name, arm].map((key) => [key, protocol])),
  );
  const options = { source, protocols };
  const summaryOf = ({ name, metrics }: BenchResults["arms"][number]) => ({ arm: name, ...metrics });
  const top = drawn.filter((arm) => arm.concurrency === highest);
  const levels = drawn.map((arm) => ({
    way: arm.arm,
    concurrency: arm.concurrency,
    load: summaryOf(arm),
  }));
  const all = callsOfArms(
    records,
    drawn.map(({ name }) => name),
  );
  const atTop = callsOfArms(
    records,
    top.map(({ name }) => name),
  );
  return [
    ...(top.length > 0 ? [metricBars(top.map(summaryOf), { ...options, load })] : []),
    ...(concurrency.length > 1 ? [againstConcurrency(levels, { ...options, scaling })] : []),
    boxes(all, options),
    ...(top.length > 0 ? [distribution(atTop, options)] : []),
  ];
}
