import type { DataFrame } from "danfojs-node";
import { wireOf } from "../analysis/wire.js";
import type { Run } from "../record/run.js";
import { wireFrame } from "../show/wire-frame.js";

/**
 * What the calls of each arm sent and received: the bodies alone, and all that went over its connections, headers and
 * framing included.
 *
 * @example
 * await wire(run);
 */
export async function wire(run: Run): Promise<DataFrame> {
  const calls = await run.calls();
  const arms = run.info.arms.filter(({ protocol }) => protocol !== "none");
  return wireFrame(arms.map(({ name }) => ({ arm: name, bytes: wireOf(calls, run.info, name) })));
}
