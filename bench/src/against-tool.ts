import type { Host } from "wirelab/dist/hosts/host.js";
import { startHost } from "wirelab/dist/hosts/start.js";
import { type BlockValues, ratioEstimate } from "wirelab/dist/stats/ratio.js";
import { findProgram } from "./find-program.js";
import { interleave } from "./interleave.js";
import { startLabClient } from "./lab-round.js";
import { chooseProcessors, pinningText } from "./processors.js";
import { rangeOf, rangeText } from "./range.js";
import { ratioText } from "./ratio-text.js";
import type { Bench, BenchRow } from "./row.js";

/** A load generator that the lab is held against. */
export interface Tool {
  readonly name: string;
  /** Where one gets it. */
  readonly install: string;
  /** The lab's arm that makes the same calls. */
  readonly arm: "rest" | "grpc";
  readonly what: string;
  readonly most: number;
  /** Calls the host on one connection, one call at a time, for a second; gives its own median in ms. */
  second(program: string, host: Host, options: ToolOptions): Promise<number>;
}

/** How a tool is run. */
export interface ToolOptions {
  readonly processor: number | null;
  readonly signal: AbortSignal;
}

/** An arm of the lab ÷ a load generator, by the median: interleaved seconds on one server. */
export async function againstTool(tool: Tool, bench: Bench): Promise<BenchRow> {
  const { what, most } = tool;
  const bound = `≤ ${most}`;
  const program = findProgram(tool.name);
  if (program === null) {
    const said = `${tool.name} is not installed (${tool.install}), so this could not be measured`;
    return { what, bound, said, holds: null };
  }
  const blocks = await measureBlocks(tool, program, bench);
  const ratio = ratioEstimate([blocks], { seed: 1 });
  const lab = rangeOf(blocks.map(({ first }) => first * 1000));
  const other = rangeOf(blocks.map(({ second }) => second * 1000));
  const medians = `lab ${rangeText(lab, "µs", 0)}, ${tool.name} ${rangeText(other, "µs", 0)}`;
  return {
    what,
    bound,
    said: `${ratioText(ratio)}; ${medians}, ${blocks.length} s each${pinningText(chooseProcessors())}`,
    holds: ratio.value <= most,
  };
}

async function measureBlocks(tool: Tool, program: string, bench: Bench): Promise<BlockValues[]> {
  const { signal } = bench;
  const { client: processor, server } = chooseProcessors();
  const host = await startHost("child", { processor: server, works: ["increment"] });
  const lab = await startLabClient(tool.arm, { endpoints: host.endpoints, processor, signal });
  const blocks = bench.smoke ? 2 : 10;
  const warmupBlocks = 1;
  const warmupCalls = bench.smoke ? 200 : 5000;
  try {
    const medianMs = await lab.round(warmupCalls);
    const callsPerSecond = Math.ceil(1000 / medianMs);
    return await interleave({
      first: () => lab.round(callsPerSecond),
      second: () => tool.second(program, host, { processor, signal }),
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
