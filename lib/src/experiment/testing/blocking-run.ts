import { incrementWorkload } from "../../arms/works/increment.js";
import { startHost } from "../../hosts/start.js";
import type { LoadRound } from "../../record/load-info.js";
import type { Run } from "../../record/run.js";
import { createRun } from "../../record/run-folder.js";
import { runClosedLoad } from "../../schedule/closed-load.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { alone } from "../../schedule/running-load.js";
import { describeRun } from "../describe-run.js";
import { makePlan } from "../plan/plan.js";
import { blockingCallers } from "./blocking-client.js";

/** Records a load of a hundred users whose client makes one call at a time; the server takes a millisecond for each. */
export async function recordBlockingRun(runsFolder: string): Promise<Run> {
  const load = closedLoad({ users: 100, thinkMs: [100, 200], runTimeMs: 3000 });
  const plan = makePlan({
    name: "blocking-client",
    arms: ["rest"],
    pairs: 1,
    warmupBlocks: 0,
    load,
    seed: 1,
  });
  const writer = createRun(describeRun(plan, null, "any"), { runsFolder });
  const host = await startHost("child");
  const { callers, stop } = blockingCallers(host.endpoints.restUrl, load.users);
  try {
    await host.plantDelay(1000);
    const place = { arm: "rest", pair: 0, block: 0 };
    const beginMs = 0;
    const clockOffsetMs = -performance.now();
    const told = await runClosedLoad(callers, incrementWorkload, load, {
      ...place,
      beginMs,
      clockOffsetMs,
      share: alone,
      seed: plan.seed,
      mostCalls: Number.POSITIVE_INFINITY,
      mostFailures: Number.POSITIVE_INFINITY,
      onPart: (part) => writer.append(part),
    });
    const endMs = performance.now() + clockOffsetMs;
    const { usersStarted, overMs, notSent } = told;
    const round: LoadRound = { ...place, beginMs, endMs, overMs, usersStarted, notSent, seconds: [] };
    return await writer.finish({
      ...writer.info,
      status: "finished",
      finishedAt: new Date().toISOString(),
      warmFromBlock: [0],
      loadRounds: [round],
      usageMissing: "a test's client recorded it",
    });
  } finally {
    await stop();
    await host.stop();
  }
}
