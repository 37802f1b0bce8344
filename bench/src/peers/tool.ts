import { homedir } from "node:os";
import { join } from "node:path";
import type { BothEndpoints } from "wirelab/dist/hosts/host.js";
import { timedOutputOf } from "../children/child.js";

/** A load generator that the lab is held against. */
export interface Tool<Said extends ToolSaid> {
  readonly name: string;
  /** Where one gets it. */
  readonly install: string;
  /** The lab's arm that makes the same calls. */
  readonly arm: "rest" | "grpc" | "grpc-http2";
  /** What it is started with to call the servers. */
  args(endpoints: BothEndpoints, load: ToolLoad): readonly string[];
  /** Reads what it wrote to standard output; throws when a call failed or there was none. */
  read(output: string): Said;
}

/** The least that a tool says of a run. */
export interface ToolSaid {
  readonly calls: number;
}

/** What a tool is asked for. */
export interface ToolLoad {
  readonly callers: number;
  /** A whole number, since wrk takes no other. */
  readonly seconds: number;
}

/** How a tool is run. */
export interface RunToolOptions extends ToolLoad {
  readonly endpoints: BothEndpoints;
  /** Null leaves it to the system. */
  readonly processor: number | null;
  readonly signal: AbortSignal;
}

/** What a run took of processors, start and end of the process included, in ms. */
export interface Cost {
  readonly cpuMs: number;
}

/** Where programs are that `go install` left. */
export const goPrograms = join(homedir(), "go", "bin");

/** Runs a tool once; gives what it says itself, and what the system says of its processor time. */
export async function runTool<Said extends ToolSaid>(
  tool: Tool<Said>,
  program: string,
  { endpoints, processor, signal, ...load }: RunToolOptions,
): Promise<Said & Cost> {
  const args = tool.args(endpoints, load);
  const { output, cpuMs } = await timedOutputOf(program, args, { processor, signal });
  return { ...tool.read(output), cpuMs };
}
