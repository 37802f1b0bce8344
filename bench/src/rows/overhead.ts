import { startHost } from "wirelab/dist/hosts/start.js";
import type { BlockValues } from "wirelab/dist/stats/ratios/ratio.js";
import { askChild } from "../children/child.js";
import type { OverheadRequest } from "../children/overhead-client.js";
import { freshPairsRow } from "../fresh-pairs.js";
import { chooseProcessors } from "../processors.js";
import type { Bench, RunRow } from "../row.js";

/** What is compared of the lab and a bare loop. */
interface Overhead extends Pick<OverheadRequest, "arm" | "metric"> {
  readonly what: string;
  readonly most: number;
}

export const overheadRestRow = row({
  what: "median as the lab records it ÷ bare loop around the same client, REST (undici)",
  arm: "rest",
  metric: "medianMs",
  most: 1.02,
});

export const overheadGrpcRow = row({
  what: "median as the lab records it ÷ bare loop around the same client, gRPC (grpc-js)",
  arm: "grpc",
  metric: "medianMs",
  most: 1.02,
});

export const grpcBareCpuRow = row({
  what: "processor time of the client for a call as the lab records it ÷ bare loop around the same client, gRPC (grpc-js)",
  arm: "grpc",
  metric: "cpuUs",
  most: 1.05,
});

/**
 * How much more a call takes as the lab records it than in a bare loop around the same client. Both run in one client
 * process and on one server; the pairs of processes are fresh, so the interval speaks for others.
 */
function row({ what, most, ...overhead }: Overhead): RunRow {
  return (bench) =>
    freshPairsRow(bench, { what, most, measurePair: (pair) => measurePair(overhead, pair, bench) });
}

async function measurePair(
  overhead: Pick<Overhead, "arm" | "metric">,
  pair: number,
  bench: Bench,
): Promise<BlockValues[]> {
  const processors = chooseProcessors();
  const host = await startHost("child", { processor: processors.server, works: ["increment"] });
  try {
    const request: OverheadRequest = {
      ...overhead,
      endpoints: host.endpoints,
      blocks: bench.smoke ? 4 : 100,
      warmupBlocks: bench.smoke ? 1 : 20,
      callsPerRound: bench.smoke ? 50 : 200,
      seed: pair,
    };
    const { signal } = bench;
    return await askChild("overhead-client.js", request, { processor: processors.client, signal });
  } finally {
    await host.stop();
  }
}
