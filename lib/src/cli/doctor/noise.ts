import type { Comparison } from "../../analysis/types.js";
import type { Environment, Warning } from "../../record/run-info.js";
import { formatCount, formatRatioInterval, formatShare } from "../../show/words/number.js";
import type { Check } from "./check.js";
import { changedSince, machineOf, type NoiseRecord } from "./noise-record.js";

const disturbing: readonly Warning["code"][] = ["busy-machine", "cpu-steal", "throttled"];

/** What a record is made from: the run's environment and warnings, and when and of what it was. */
export interface NoiseSource {
  readonly arm: string;
  readonly measuredAt: string;
  readonly environment: Environment;
  readonly warnings: readonly Warning[];
}

/** A record of an A/A control. */
export function noiseRecord(comparison: Comparison, source: NoiseSource): NoiseRecord {
  const { ratio, pairs, blocks, calls, run } = comparison;
  const { arm, measuredAt, environment, warnings } = source;
  const disturbances = warnings.filter(({ code }) => disturbing.includes(code)).map(({ message }) => message);
  const machine = machineOf(environment);
  return {
    format: 1,
    measuredAt,
    arm,
    ratio: { ...ratio },
    pairs,
    blocks,
    calls,
    run,
    disturbances,
    machine,
  };
}

/** What is known of the noise of this machine, and whether that still holds for `environment`. */
export function checkNoise(record: NoiseRecord | null, environment: Environment): Check {
  const check = { topic: "noise", name: "two identical servers" } as const;
  if (record === null) {
    return {
      ...check,
      state: "missing",
      found: "never compared here",
      advice: "How small a difference can be trusted is not known: `wirelab doctor --noise` measures it.",
    };
  }
  const advice = staleness(record, environment) ?? disturbance(record) ?? disagreement(record);
  return { ...check, state: advice === null ? "ok" : "careful", found: describe(record), advice };
}

/**
 * For a report: the noise floor of this machine and the smallest effect that it can see, a sentence each, and what is to be
 * careful of.
 */
export function sayNoise(record: NoiseRecord | null, environment: Environment): readonly string[] {
  if (record === null) {
    const unknown = "not measured: run wirelab doctor --noise";
    return [`Noise floor: ${unknown}.`, `Smallest visible effect: ${unknown}.`];
  }
  const { advice } = checkNoise(record, environment);
  return [
    `Noise floor: two identical servers ${describe(record)}.`,
    `Smallest visible effect: in as many calls none below ${formatShare(floorOf(record))}, which the two may seem to differ by (no delay was planted to try it); runs of fewer pairs see less.`,
    ...(advice === null ? [] : [advice]),
  ];
}

function floorOf({ ratio }: NoiseRecord): number {
  return Math.max(ratio.high - 1, 1 - ratio.low);
}

function describe(record: NoiseRecord): string {
  const { ratio, pairs, calls, arm, measuredAt } = record;
  const basis = `${pairs} ${pairs === 1 ? "pair" : "pairs"}, ${formatCount(calls)} calls of ${arm}`;
  const day = measuredAt.slice(0, 10);
  return `differ by no more than ${formatShare(floorOf(record))} (${formatRatioInterval(ratio)}, ${basis}, ${day})`;
}

function staleness(record: NoiseRecord, environment: Environment): string | null {
  const changes = changedSince(record, machineOf(environment));
  if (changes.length === 0) return null;
  return `It is stale, the machine has changed (${changes.join("; ")}): renew it with \`wirelab doctor --noise\`.`;
}

function disturbance({ disturbances }: NoiseRecord): string | null {
  if (disturbances.length === 0) return null;
  return `${disturbances.join(" ")} Renew it with \`wirelab doctor --noise\` when the machine is quiet.`;
}

function disagreement({ ratio }: NoiseRecord): string | null {
  if (ratio.low <= 1 && ratio.high >= 1) return null;
  return (
    "The interval leaves out 1 though both servers are the same: the machine was busy or this is the one time in a " +
    "hundred; renew it with `wirelab doctor --noise`, and trust no difference of that size."
  );
}
