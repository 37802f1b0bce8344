import type { DataFrame } from "danfojs-node";
import { comparisonOrLacking } from "../analysis/compare.js";
import { connectionUseOf } from "../analysis/layers/connections.js";
import { wireOf } from "../analysis/layers/wire.js";
import type { Run } from "../record/run.js";
import { runPath } from "../record/run-path.js";
import { featureFrame } from "../show/frames/feature-frame.js";
import { loadFeatures } from "../verdicts/features.js";

/**
 * What a post's table says of HTTP/1.1 and HTTP/2, each row with what a run with the arms rest and grpc measured of it, or
 * that it is a definition or out of date.
 *
 * @example
 * await lab.features("004", run);
 */
export async function features(post: string, run: Run): Promise<DataFrame> {
  const calls = await run.calls();
  const arms = { first: "rest", second: "grpc" };
  const useOf = (arm: string) => ({
    connections: connectionUseOf(calls, arm),
    bytes: wireOf(calls, run.info, arm),
  });
  return featureFrame(
    loadFeatures().filter((feature) => feature.post === post),
    {
      rest: useOf("rest"),
      grpc: useOf("grpc"),
      median: comparisonOrLacking(calls, run.info, runPath(run), arms),
    },
  );
}
