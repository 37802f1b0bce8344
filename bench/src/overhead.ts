import { startHost } from "wirelab/dist/hosts/start.js";
import { type BlockValues, ratioEstimate } from "wirelab/dist/stats/ratio.js";
import { askChild } from "./child.js";
import type { OverheadRequest } from "./overhead-client.js";
import { chooseProcessors, pinningText } from "./processors.js";
import { ratioText } from "./ratio-text.js";
import type { Bench, BenchRow } from "./row.js";

const bound = 1.02;
const names = { rest: "REST (undici)", grpc: "gRPC (grpc-js)" } as const;

/**
 * How much longer a call takes as the lab records it than in a bare loop around the same client, by the median. Both
 * run in one client process and on one server; the pairs of processes are fresh, so the interval speaks for others.
 */
export async function overheadRow(arm: "rest" | "grpc", bench: Bench): Promise<BenchRow> {
  const pairs = bench.smoke ? 2 : 10;
  const measured: BlockValues[][] = [];
  for (let pair = 0; pair < pairs; pair++) {
    bench.onStep(pair, pairs, `pair ${pair + 1} of ${pairs}`);
    measured.push(await measurePair(arm, pair, bench));
  }
  const ratio = ratioEstimate(measured, { seed: 1 });
  return {
    what: `median as the lab records it ÷ bare loop around the same client, ${names[arm]}`,
    bound: `≤ ${bound}`,
    said: `${ratioText(ratio)}; ${pairs} fresh pairs${pinningText(chooseProcessors())}`,
    holds: ratio.value <= bound,
  };
}

async function measurePair(arm: "rest" | "grpc", pair: number, bench: Bench): Promise<BlockValues[]> {
  const processors = chooseProcessors();
  const host = await startHost("child", { processor: processors.server, works: ["increment"] });
  try {
    const request: OverheadRequest = {
      arm,
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
