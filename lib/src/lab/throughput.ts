import { summariseLoad } from "../analysis/loads/load.js";
import { scalingsOf } from "../analysis/loads/scaling.js";
import { WirelabError } from "../errors.js";
import type { Run } from "../record/run.js";
import type { ArmInfo } from "../record/run-info.js";
import { runPath } from "../record/run-path.js";
import { againstConcurrency, type LoadLevel } from "../show/figures/against-concurrency.js";
import type { Figure } from "../show/figures/figure.js";

/**
 * Throughput and median against the number of callers, a line a way of calling, with the Universal Scalability Law where
 * there are levels enough to fit it.
 *
 * @throws WirelabError `usage` for a run that has one level only (see `atConcurrency`)
 * @example
 * await lab.throughput(sweep);
 */
export async function throughput(run: Run): Promise<Figure> {
  const { info } = run;
  const calls = await run.calls();
  const levels = info.arms.map(
    (arm): LoadLevel => ({
      way: wayOf(arm),
      concurrency: arm.callers,
      load: summariseLoad(calls, arm, info),
    }),
  );
  if (new Set(levels.map(({ concurrency }) => concurrency)).size < 2) {
    throw new WirelabError(
      "usage",
      "Throughput against callers needs a run with several numbers of callers: give measure arms of atConcurrency.",
    );
  }
  const scaling = scalingsOf(
    calls,
    info.arms.map((arm) => ({ name: arm.name, arm: wayOf(arm), concurrency: arm.callers })),
    info,
  );
  const protocols = Object.fromEntries(info.arms.map((arm) => [wayOf(arm), arm.protocol]));
  return againstConcurrency(levels, { scaling, source: runPath(run), protocols });
}

/** What is the same at all levels: of somebody's service the operation. */
function wayOf({ arm, operation }: ArmInfo): string {
  return operation ?? arm;
}
