import { type ContractServerOptions, startContractServer } from "../../../hosts/testing/contract-server.js";
import { type BenchOptions, bench } from "../bench.js";
import type { BenchResults } from "../results.js";
import { folderWithImage } from "./image-file.js";

/** Measures a server of the test's own with its image. */
export async function benchOf(server: ContractServerOptions, options: Partial<BenchOptions> = {}) {
  const { endpoints, waitedMs } = await startContractServer(server);
  const { folder, image } = folderWithImage();
  const results = await bench({
    endpoints,
    image,
    work: "image",
    arms: ["rest", "grpc"],
    requests: 60,
    concurrency: [2],
    seed: 5,
    runsFolder: folder,
    ...options,
  });
  return { results, waitedMs, folder };
}

/** What was found of one arm. */
export const metricsOf = ({ arms }: BenchResults, name: string) => {
  const found = arms.find((arm) => arm.name === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found.metrics;
};
