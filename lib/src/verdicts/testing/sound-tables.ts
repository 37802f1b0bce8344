import type { Random } from "../../stats/random.js";
import { normal } from "../../stats/simulate.js";
import type { AuditInput } from "../audit/table.js";
import type { PublishedMetric, PublishedNumber } from "../published/published.js";

/** How a post writes a time, from ms: the text of the value. */
export type Rounding = "full" | "three digits" | "whole ms" | "locust";

/** What a made table is about; its calls are simulated, so that it obeys every law. */
export interface SoundSetting {
  readonly rounding: Rounding;
  /** Median of a call's own time. */
  readonly ownMs: number;
  /** Standard deviation of its logarithm. */
  readonly spread: number;
}

type Cell = readonly [metric: PublishedMetric, unit: string, digits: string];

/** Numbers of a chain: each call begins when the one before has ended. */
export function soundChain(setting: SoundSetting & { readonly calls: number }, random: Random): AuditInput {
  return tableOf(
    ["rest", "grpc"].map((arm) => {
      const times = Array.from({ length: setting.calls }, () => ownTime(setting, random));
      const totalS = sum(times) / 1000;
      const rate: Cell = ["rate", "1/s", threeDigits(times.length / totalS)];
      return {
        arm,
        condition: "chain",
        cells: [...summary(times, setting.rounding), ["total", "s", totalS.toFixed(6)], rate],
      };
    }),
  );
}

/** Users who start by a ramp, call, pause and call again until the time is over. */
export interface SoundLoad extends SoundSetting {
  readonly users: number;
  readonly durationS: number;
  /** The share of the run time that the ramp takes. */
  readonly rampShare: number;
  /** Whether users start at the beginning of each second, as Locust's do, or evenly. */
  readonly inSteps: boolean;
  readonly thinkS: readonly [least: number, most: number];
  /** Whether calls under way at the end are waited for and counted. */
  readonly finishes: boolean;
  readonly failing: number;
}

/** Numbers of a closed load, whose rate is what was counted ÷ run time. */
export function soundLoad(setting: SoundLoad, random: Random): AuditInput {
  const { users, durationS, rampShare, thinkS, failing, rounding } = setting;
  const spawnRate = Number(Math.max(0.1, users / Math.max(0.01, rampShare * durationS)).toFixed(1)) + 0.1;
  return tableOf(
    ["rest", "grpc"].map((arm) => {
      const times = Array.from({ length: users }, (_, user) =>
        userTimes(setting, startMs(user, spawnRate, setting.inSteps), random),
      ).flat();
      const failures = Math.floor(times.length * failing);
      const pauses: Cell[] =
        thinkS[1] === 0
          ? []
          : [
              ["think time min", "s", String(thinkS[0])],
              ["think time max", "s", String(thinkS[1])],
            ];
      const cells: Cell[] = [
        ...summary(times, rounding),
        ["users", "users", String(users)],
        ["spawn rate", "users/s", spawnRate.toFixed(1)],
        ["duration", "s", String(durationS)],
        ["failures", "calls", String(failures)],
        ["successes", "calls", String(times.length - failures)],
        ["rate", "1/s", threeDigits(times.length / durationS)],
        ...pauses,
      ];
      return { arm, condition: `${users} users`, cells };
    }),
  );
}

/** Calls on kept connections over a short and a long path, each window of a message taking a round trip. */
export interface SoundPaths extends SoundSetting {
  readonly calls: number;
  readonly roundTripMs: number;
  readonly jitter: number;
  readonly payloadBytes: number;
  /** Printed, where it is not the usual one. */
  readonly windowBytes: number;
}

/** Numbers over a path, beside its pings. */
export function soundPaths(setting: SoundPaths, random: Random): AuditInput {
  const { calls, payloadBytes, windowBytes, rounding } = setting;
  const windows = Math.ceil(payloadBytes / windowBytes);
  const paths = [
    { condition: "local", roundTripMs: 0.03 },
    { condition: "far", roundTripMs: setting.roundTripMs },
  ];
  return tableOf(
    paths.flatMap(({ condition, roundTripMs }) => {
      const trip = () => roundTripMs * (1 + setting.jitter * random.next());
      const trips = (count: number) => Array.from({ length: count }, trip);
      const times = trips(calls).map((first) => first + sum(trips(windows - 1)) + ownTime(setting, random));
      const settings: Cell[] = [
        ["payload", "bytes", String(payloadBytes)],
        ["window", "bytes", String(windowBytes)],
      ];
      return [
        { arm: "ping", condition, cells: summary(trips(100), "full") },
        { arm: "grpc", condition, cells: [...summary(times, rounding), ...settings] },
      ];
    }),
  );
}

function userTimes(setting: SoundLoad, fromMs: number, random: Random): number[] {
  const [least, most] = setting.thinkS;
  const endMs = setting.durationS * 1000;
  const times: number[] = [];
  for (let at = fromMs; at < endMs; ) {
    const time = ownTime(setting, random);
    if (at + time <= endMs || setting.finishes) times.push(time);
    at += time + 1000 * (least + (most - least) * random.next());
  }
  return times;
}

function startMs(user: number, spawnRate: number, inSteps: boolean): number {
  const atMs = (1000 * user) / spawnRate;
  return inSteps ? 1000 * Math.floor(atMs / 1000) : atMs;
}

/** No call takes less than half a tenth of the median; the rest is log-normal. */
function ownTime({ ownMs, spread }: SoundSetting, random: Random): number {
  return ownMs * (0.05 + 0.95 * Math.exp(spread * normal(random)));
}

/** Percentiles by nearest rank. */
function summary(timesMs: readonly number[], rounding: Rounding): Cell[] {
  if (timesMs.length === 0) return [["count", "calls", "0"]];
  const sorted = timesMs.toSorted((a, b) => a - b);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const time = (metric: PublishedMetric, ms: number, how = rounding): Cell => [
    metric,
    "ms",
    writers[how](ms),
  ];
  const extreme = rounding === "locust" ? "whole ms" : rounding;
  return [
    ["count", "calls", String(sorted.length)],
    time("mean", sum(timesMs) / timesMs.length, rounding === "locust" ? "full" : rounding),
    time("min", rank(0), extreme),
    time("median", rank(0.5)),
    time("p90", rank(0.9)),
    time("p95", rank(0.95)),
    time("p99", rank(0.99)),
    time("max", rank(1), extreme),
  ];
}

const writers: Readonly<Record<Rounding, (ms: number) => string>> = {
  full: (ms) => ms.toFixed(6),
  "three digits": threeDigits,
  "whole ms": (ms) => ms.toFixed(0),
  // What Locust does to percentiles: two digits, but whole ms below 100.
  locust: (ms) => {
    const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, ms))) - 1);
    return String(Math.round(ms / step) * step);
  },
};

function threeDigits(value: number): string {
  const digits = Math.floor(Math.log10(Math.max(1e-6, value)));
  return digits >= 2
    ? String(Math.round(value / 10 ** (digits - 2)) * 10 ** (digits - 2))
    : value.toFixed(2 - digits);
}

function tableOf(
  lines: readonly { readonly arm: string; readonly condition: string; readonly cells: readonly Cell[] }[],
): AuditInput {
  const numbers: PublishedNumber[] = lines.flatMap(({ arm, condition, cells }) =>
    cells.map(([metric, unit, digits]) => ({
      ...{ post: "999", experiment: "made up", arm, condition, metric, unit },
      ...{ value: Number(digits), digits },
    })),
  );
  return { post: "999", numbers, claims: [], remarks: [] };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
