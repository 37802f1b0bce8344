import { measure } from "../../experiment/measure.js";
import { needsOf, refuseUnmet, sayNeed } from "../../experiment/plan/needs.js";
import { StoppedRun } from "../../experiment/stopped-run.js";
import { connectRemote } from "../../hosts/remote.js";
import { requireEngine } from "./engines.js";
import { type LoadOptions, planLoad, protocolsOf } from "./plan.js";
import { type LoadReport, loadReport } from "./report.js";
import { inRounds } from "./rounds-progress.js";

/** A load that was run, and what ended it before its time. */
export interface RunLoad {
  readonly report: LoadReport;
  readonly stopped: StoppedRun | null;
}

/**
 * What a load needs of this machine, in sentences. Throws `usage` for a wrong option, `beyond-machine` for a load that it cannot
 * carry.
 *
 * @example
 * loadNeeds({ work: "payload", arms: ["rest"], load: closedLoad({ users: 100, runTimeMs: 30_000 }) });
 */
export function loadNeeds(options: LoadOptions): readonly string[] {
  const needs = needsOf(planLoad(options), { elsewhere: options.master !== undefined });
  refuseUnmet(needs);
  return needs.map(sayNeed);
}

/**
 * Runs a load with every arm and reports it, also one that ended early. Throws `server-failed` for servers that do not
 * answer, `missing-tool` where the engine is not set up, and what stopped the run where no load had begun by then.
 *
 * @example
 * const { report } = await runLoad({ work: "payload", arms: ["rest"], load: closedLoad({ users: 100, runTimeMs: 30_000 }) });
 */
export async function runLoad(options: LoadOptions): Promise<RunLoad> {
  const { arms, rounds = 1, engine = "embedded", remote, onProgress } = options;
  const plan = planLoad(options);
  await requireEngine(engine);
  // Nobody needs a run folder of servers that are not there.
  if (remote !== undefined) await connectRemote(remote, { halves: protocolsOf(arms) });
  try {
    const run = await measure({
      ...plan,
      onProgress: (progress) => onProgress?.(inRounds(progress, { rounds, arms: arms.length })),
    });
    return { report: await loadReport(run, engine), stopped: null };
  } catch (error) {
    if (!(error instanceof StoppedRun) || error.run.info.loadRounds.length === 0) throw error;
    return { report: await loadReport(error.run, engine), stopped: error };
  }
}
