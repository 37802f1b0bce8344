import type { DataFrame } from "danfojs-node";
import { wireOf } from "../analysis/layers/wire.js";
import type { Run } from "../record/run.js";
import { wireFrame } from "../show/frames/wire-frame.js";

/**
 * What the calls of each arm sent and received: the bodies, what framing and headers add to them, and all that went over its
 * connections. Over TLS, for gRPC messages above 64 KiB, and on arms that send several messages a call, framing and headers are not
 * told apart.
 *
 * @example
 * await lab.wire(run);
 */
export async function wire(run: Run): Promise<DataFrame> {
  const calls = await run.calls();
  const arms = run.info.arms.filter(({ protocol }) => protocol !== "none");
  return wireFrame(arms.map(({ name }) => ({ arm: name, bytes: wireOf(calls, run.info, name) })));
}
