import { isDeepStrictEqual } from "node:util";
import type { RunInfo } from "../record/run-info.js";
import { chooseProcessors, describeRun } from "./describe-run.js";
import type { MeasureOptions } from "./measure.js";
import { makePlan } from "./plan/plan.js";

/**
 * Whether a run is just what these options would measure here and now: the same arms, work, path, how many of what, order,
 * machine and software. Only runs whose arms are this library's are compared.
 */
export function isSameRun(options: MeasureOptions & { readonly seed: number }, found: RunInfo): boolean {
  const plan = makePlan(options);
  const choice = options.processors ?? "own";
  const asked = describeRun(plan, chooseProcessors(plan, choice), choice);
  return isDeepStrictEqual(settled(asked), settled(found));
}

const decided = [
  ...(["name", "work", "input", "size", "seed", "host", "arms", "servers", "tls", "processors"] as const),
  ...([
    "pairs",
    "blocks",
    "warmupBlocks",
    "primeCalls",
    "callsPerRound",
    "pauseMs",
    "order",
    "timeoutMs",
  ] as const),
  ...(["load", "stopAfter", "clients", "foretold"] as const),
];

/** What is decided of a run before its first call, as `run.json` has it. */
function settled(info: RunInfo): unknown {
  const { link, environment } = info;
  // Memory that a container is given may change; nothing here is near its limit.
  const { memoryBytes: _, ...software } = environment;
  const path = link && { ...link, pingMs: [] };
  const plan = decided.map((key) => info[key]);
  return JSON.parse(JSON.stringify([plan, path, software]));
}
