import type { DataFrame } from "danfojs-node";
import { expectedRate } from "../analysis/loads/expected-rate.js";
import { summariseLoad } from "../analysis/loads/load.js";
import { loadCostOf } from "../analysis/loads/load-cost.js";
import { summariseArm } from "../analysis/summarise.js";
import { WirelabError } from "../errors.js";
import { lastedOf } from "../record/load-info.js";
import type { Run } from "../record/run.js";
import { type LoadRow, loadCostFrame, loadFrame } from "../show/frames/load-frame.js";
import { rateFrame } from "../show/frames/rate-frame.js";
import { sayLoad } from "../verdicts/words/load-words.js";
import { requireLoad } from "./require-load.js";

/**
 * A load as load generators report it, as a Danfo frame, a row an arm: users, requests, failed ones, median, p95, p99,
 * average and extremes with 99 % intervals, requests a second, mean size of an answer; times in ms, sizes in bytes.
 *
 * @throws WirelabError `usage` for a run without a load
 * @example
 * await lab.loads(loaded);
 */
export async function loads(run: Run): Promise<DataFrame> {
  const load = requireLoad(run, "A table of loads");
  return loadFrame(await loadRowsOf(run), sayLoad(load));
}

/**
 * What a load cost, as a Danfo frame, a row an arm: processor time of server and client a call in ms, the server's memory in
 * bytes, and the share of its processor and of its event loop that a client process used after the ramp, until the run time
 * was over.
 *
 * @throws WirelabError `usage` for a run without a load
 * @example
 * await lab.loadCosts(loaded);
 */
export async function loadCosts(run: Run): Promise<DataFrame> {
  const load = requireLoad(run, "A table of what a load cost");
  return loadCostFrame(await loadRowsOf(run), sayLoad(load));
}

/**
 * The rate that a closed load has to have, whatever the protocol, as a Danfo frame, a row an arm: users ÷ (pause + call), by
 * Little's law, beside the rate that it had. Users are averaged over the run time, the ramp included; times in ms.
 *
 * @throws WirelabError `usage` for a run without a closed load
 * @example
 * await lab.expectedRates(loaded);
 */
export async function expectedRates(run: Run): Promise<DataFrame> {
  const load = requireLoad(run, "A rate that follows from users");
  if (load.kind === "open") {
    throw new WirelabError("usage", "The rate of an open load is asked for; it follows from no users.");
  }
  if (run.info.loadRounds.some((round) => lastedOf(load, round) !== load.runTimeMs)) {
    throw new WirelabError(
      "not-enough-data",
      "A round of this load ended early, so no rate follows from its users.",
    );
  }
  const calls = await run.calls();
  const rows = run.info.arms.map(({ name }) => {
    const { meanMs, callsPerSecond } = summariseArm(calls, name, run.info);
    return expectedRate({ arm: name, load, meanMs, callsPerSecond });
  });
  return rateFrame(rows, sayLoad(load));
}

/** What a load says of each of its arms. */
export async function loadRowsOf(run: Run): Promise<LoadRow[]> {
  const { info } = run;
  const calls = await run.calls();
  return info.arms.map((arm) => {
    const summary = summariseArm(calls, arm.name, info);
    return {
      load: summariseLoad(calls, arm, info, summary),
      cost: loadCostOf(calls, arm.name, info),
      schedule: summary.load,
    };
  });
}
