import { homedir } from "node:os";
import { join } from "node:path";
import { findProgram } from "wirelab/dist/hosts/find-program.js";
import type { BothEndpoints, Host } from "wirelab/dist/hosts/host.js";
import { startHost } from "wirelab/dist/hosts/start.js";
import { type BlockValues, ratioEstimate } from "wirelab/dist/stats/ratio.js";
import { interleave } from "./interleave.js";
import { type LabRound, startLabClient } from "./lab-round.js";
import { chooseProcessors, pinningText } from "./processors.js";
import { rangeOf, rangeText } from "./range.js";
import { ratioText } from "./ratio-text.js";
import type { Bench, BenchRow } from "./row.js";

// Where `go install` leaves ghz.
const goPrograms = join(homedir(), "go", "bin");

/** A load generator that the lab is held against. */
export interface Tool {
  readonly name: string;
  /** Where one gets it. */
  readonly install: string;
  /** The lab's arm that makes the same calls. */
  readonly arm: "rest" | "grpc";
  /** Calls the host for a second with so many callers; gives what the tool itself says of it. */
  second(program: string, host: Host<BothEndpoints>, options: ToolOptions): Promise<LabRound>;
}

/** How a tool is run. */
export interface ToolOptions {
  readonly callers: number;
  readonly processor: number | null;
  readonly signal: AbortSignal;
}

/** What of lab and tool is compared, under which load. */
export interface AgainstTool {
  readonly what: string;
  readonly callers: number;
  readonly metric: keyof LabRound;
  /** The ratio lab ÷ tool has this bound: above for a time, below for a rate. */
  readonly bound: { readonly most: number } | { readonly least: number };
}

const units = { medianMs: { name: "µs", factor: 1000 }, callsPerSecond: { name: "/s", factor: 1 } };

/** An arm of the lab ÷ a load generator: interleaved seconds on one server. */
export async function againstTool(tool: Tool, against: AgainstTool, bench: Bench): Promise<BenchRow> {
  const { what, metric, bound: limit } = against;
  const bound = "most" in limit ? `≤ ${limit.most}` : `≥ ${limit.least}`;
  const program = findProgram([tool.name], { folders: [goPrograms] });
  if (program === null) {
    const said = `${tool.name} is not installed (${tool.install}), so this could not be measured`;
    return { what, bound, said, holds: null };
  }
  const blocks = await measureBlocks(tool, program, { ...against, bench });
  const ratio = ratioEstimate([blocks], { seed: 1 });
  const { name: unit, factor } = units[metric];
  const [lab, other] = [
    blocks.map(({ first }) => first * factor),
    blocks.map(({ second }) => second * factor),
  ].map((values) => rangeText(rangeOf(values), unit, 0));
  return {
    what,
    bound,
    said: `${ratioText(ratio)}; lab ${lab}, ${tool.name} ${other}, ${blocks.length} s each${pinningText(chooseProcessors())}`,
    holds: "most" in limit ? ratio.value <= limit.most : ratio.value >= limit.least,
  };
}

async function measureBlocks(
  tool: Tool,
  program: string,
  { bench, callers, metric }: AgainstTool & { bench: Bench },
): Promise<BlockValues[]> {
  const { signal } = bench;
  const { client: processor, server } = chooseProcessors();
  const host = await startHost("child", { processor: server, works: ["increment"] });
  const lab = await startLabClient(tool.arm, { endpoints: host.endpoints, callers, processor, signal });
  const blocks = bench.smoke ? 2 : 10;
  const warmupBlocks = 1;
  const warmupCalls = bench.smoke ? 200 : 5000;
  try {
    const { callsPerSecond } = await lab.round(warmupCalls);
    return await interleave({
      first: async () => (await lab.round(Math.ceil(callsPerSecond)))[metric],
      second: async () => (await tool.second(program, host, { callers, processor, signal }))[metric],
      blocks,
      warmupBlocks,
      seed: 1,
      onBlock: (done) => bench.onStep(done, blocks + warmupBlocks, `second ${done} of each`),
    });
  } finally {
    await lab.stop();
    await host.stop();
  }
}
