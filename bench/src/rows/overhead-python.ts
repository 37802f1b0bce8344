import { pythonCommand } from "wirelab/dist/experiment/clients/client-command.js";
import { findPython } from "wirelab/dist/hosts/python/find.js";
import { startHost } from "wirelab/dist/hosts/start.js";
import type { BlockValues } from "wirelab/dist/stats/ratios/ratio.js";
import { type PythonLibrary, startBarePython } from "../calling/bare-python.js";
import { startLabClient } from "../calling/lab-round.js";
import { freshPairsRow } from "../fresh-pairs.js";
import { interleave } from "../interleave.js";
import { chooseProcessors } from "../processors.js";
import { rangeOf } from "../range.js";
import type { Bench, RunRow } from "../row.js";

export const overheadPythonRestRow = row("requests-session", "REST (requests)");
export const overheadPythonGrpcRow = row("grpcio", "gRPC (grpcio)");

const most = 1.02;

/**
 * How much more a call of Python's takes as the lab records it than in a bare script around the same library, each in a
 * process of its own on the same processor; the processes of every pair are fresh, so the interval speaks for others.
 */
function row(library: PythonLibrary, words: string): RunRow {
  const what = `median as the lab records it ÷ bare Python script around the same client, ${words}`;
  return async (bench) => {
    const python = await findPython();
    if (python.kind === "missing") {
      const said = `${python.reason}, so this could not be measured`;
      return { what, bound: `≤ ${most}`, said, holds: null };
    }
    return freshPairsRow(bench, { what, most, measurePair: (pair) => measurePair(library, pair, bench) });
  };
}

async function measurePair(
  library: PythonLibrary,
  seed: number,
  { smoke, signal }: Bench,
): Promise<BlockValues[]> {
  const { client: processor, server } = chooseProcessors();
  const host = await startHost("child", { processor: server, works: ["increment"] });
  const { endpoints } = host;
  const stops = [() => host.stop()];
  try {
    const command = await pythonCommand();
    const lab = await startLabClient(library, { endpoints, callers: 1, processor, signal, command });
    stops.push(() => lab.stop());
    const address = library === "grpcio" ? endpoints.grpcAddress : endpoints.restUrl;
    const bare = await startBarePython(library, address, { processor, signal });
    stops.push(() => bare.stop());
    const calls = smoke ? 20 : 50;
    return await interleave({
      first: async () => (await lab.round(calls)).medianMs,
      second: async () => rangeOf(await bare.run(calls)).median,
      blocks: smoke ? 4 : 30,
      warmupBlocks: smoke ? 1 : 10,
      seed,
    });
  } finally {
    await Promise.all(stops.map((stop) => stop()));
  }
}
