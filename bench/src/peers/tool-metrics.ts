import { readProcessUsage } from "wirelab/dist/hosts/process-usage.js";
import type { LabRound } from "../calling/lab-round.js";
import type { Cost, ToolSaid } from "./tool.js";

/** What is compared of the lab and a tool, each calling for some seconds. */
export interface ToolMetric<Said extends ToolSaid> {
  readonly unit: string;
  /** Digits after the point. */
  readonly digits: number;
  /** How long either calls in each block, in words. */
  readonly turn: string;
  /** Why this system does not tell it; null when it does. */
  missing(): string | null;
  lab(round: (seconds: number) => Promise<LabRound & Cost>): Promise<number>;
  tool(run: (seconds: number) => Promise<Said & Cost>): Promise<number>;
}

/** The median of a call. */
export const median = ofOneSecond("µs", ({ medianMs }) => 1000 * medianMs);

/** Calls a second. */
export const rate = ofOneSecond("/s", ({ callsPerSecond }) => callsPerSecond);

const labSeconds = 2;
const toolSeconds = { short: 1, long: 3 };

/**
 * Processor time of the client's process for a call. Of a tool: what a long run used more than a short one did, by the calls
 * that it made more; so its start, which takes Locust a second, is in neither.
 */
export const cpu: ToolMetric<ToolSaid> = {
  unit: "µs",
  digits: 1,
  turn: `${labSeconds} s of the lab, ${toolSeconds.long} s less ${toolSeconds.short} s of the tool`,
  missing() {
    const usage = readProcessUsage(process.pid);
    return "missing" in usage ? usage.missing : null;
  },
  async lab(round) {
    const { cpuMs, calls } = await round(labSeconds);
    if (cpuMs > 0) return (1000 * cpuMs) / calls;
    throw new Error(`the processor time of ${calls} calls of the lab is not known`);
  },
  async tool(run) {
    const short = await run(toolSeconds.short);
    const long = await run(toolSeconds.long);
    const usPerCall = (1000 * (long.cpuMs - short.cpuMs)) / (long.calls - short.calls);
    if (usPerCall > 0 && usPerCall < Infinity) return usPerCall;
    throw new Error(`a longer run of ${long.calls} calls used no more than one of ${short.calls}`);
  },
};

function ofOneSecond(unit: string, read: (said: LabRound) => number): ToolMetric<LabRound> {
  return {
    unit,
    digits: 0,
    turn: "1 s each",
    missing: () => null,
    lab: async (round) => read(await round(1)),
    tool: async (run) => read(await run(1)),
  };
}
