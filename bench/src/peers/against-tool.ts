import { findProgram } from "wirelab/dist/hosts/find-executable.js";
import { startHost } from "wirelab/dist/hosts/start.js";
import { type BlockValues, ratioEstimate } from "wirelab/dist/stats/ratios/ratio.js";
import { startLabClient } from "../calling/lab-round.js";
import { interleave } from "../interleave.js";
import { chooseProcessors, pinningText } from "../processors.js";
import { rangeOf, rangeText } from "../range.js";
import { ratioText } from "../ratio-text.js";
import type { Bench, BenchRow } from "../row.js";
import { goPrograms, runTool, type Tool, type ToolSaid } from "./tool.js";
import type { ToolMetric } from "./tool-metrics.js";

/** What of lab and tool is compared, under which load. */
export interface AgainstTool<Said extends ToolSaid> {
  readonly what: string;
  readonly callers: number;
  readonly metric: ToolMetric<Said>;
  /** The ratio lab ÷ tool has this bound: above for a time, below for a rate. */
  readonly bound: { readonly most: number } | { readonly least: number };
}

/** An arm of the lab ÷ a load generator: they take turns on one server. */
export async function againstTool<Said extends ToolSaid>(
  tool: Tool<Said>,
  against: AgainstTool<Said>,
  bench: Bench,
): Promise<BenchRow> {
  const { what, metric, bound: limit } = against;
  const bound = "most" in limit ? `≤ ${limit.most}` : `≥ ${limit.least}`;
  const notMeasured = (why: string) => ({
    what,
    bound,
    said: `${why}, so this could not be measured`,
    holds: null,
  });
  const program = findProgram([tool.name], { folders: [goPrograms] });
  if (program === null) return notMeasured(`${tool.name} is not installed (${tool.install})`);
  const missing = metric.missing();
  if (missing !== null) return notMeasured(missing);
  const blocks = await measureBlocks(tool, program, { ...against, bench });
  const ratio = ratioEstimate([blocks], { seed: 1 });
  const [lab, other] = [blocks.map(({ first }) => first), blocks.map(({ second }) => second)].map((values) =>
    rangeText(rangeOf(values), metric.unit, metric.digits),
  );
  return {
    what,
    bound,
    said: `${ratioText(ratio)}; lab ${lab}, ${tool.name} ${other}, ${blocks.length} × ${metric.turn}${whereText()}`,
    holds: "most" in limit ? ratio.value <= limit.most : ratio.value >= limit.least,
  };
}

/** A tool with threads of its own would use more than one processor elsewhere. */
function whereText(): string {
  const processors = chooseProcessors();
  return processors.client === null ? pinningText(processors) : "; either client on one processor";
}

async function measureBlocks<Said extends ToolSaid>(
  tool: Tool<Said>,
  program: string,
  { bench, callers, metric }: AgainstTool<Said> & { bench: Bench },
): Promise<BlockValues[]> {
  const { signal } = bench;
  const { client: processor, server } = chooseProcessors();
  const host = await startHost("child", { processor: server, works: ["increment"] });
  const { endpoints } = host;
  const lab = await startLabClient(tool.arm, { endpoints, callers, processor, signal });
  const blocks = bench.smoke ? 2 : 10;
  const warmupBlocks = 1;
  const warmupCalls = bench.smoke ? 200 : 5000;
  try {
    const { callsPerSecond } = await lab.round(warmupCalls);
    const labFor = (seconds: number) => lab.round(Math.ceil(seconds * callsPerSecond));
    const toolFor = (seconds: number) =>
      runTool(tool, program, { endpoints, callers, seconds, processor, signal });
    return await interleave({
      first: () => metric.lab(labFor),
      second: () => metric.tool(toolFor),
      blocks,
      warmupBlocks,
      seed: 1,
      onBlock: (done) => bench.onStep(done, blocks + warmupBlocks, `turn ${done} of each`),
    });
  } finally {
    await lab.stop();
    await host.stop();
  }
}
