import { type Caller, newAnswer } from "../arms/arm.js";
import type { CallFlow } from "../arms/workload.js";
import type { ClosedLoad } from "../record/load-info.js";
import { serverMsOf } from "./call-recorder.js";
import { type LoadEnd, type LoadOptions, RunningLoad } from "./running-load.js";
import { drawThinkMs, spawnAtMs, userRandom } from "./users.js";

/** A user whose call failed waits so long at least: users of a server that is down would keep both processors busy. */
export const failurePauseMs = 100;

/**
 * This client's share of a closed load: each caller is a user, who begins when the ramp says so, calls, pauses, and calls
 * again until the run time is over. Calls under way then may still end. Resolves when all have; never rejects for a
 * failed call. A call was due when its user's pause was over.
 */
export async function runClosedLoad<Input, Output>(
  callers: readonly Caller<Input, Output>[],
  workload: CallFlow<Input, Output>,
  load: ClosedLoad,
  options: LoadOptions,
): Promise<LoadEnd> {
  const round = new RunningLoad(options, load);
  const end = await round.run(callers, () =>
    Promise.all(
      callers.map((caller, number) => runUser(round, caller, workload, load, { ...options, number })),
    ),
  );
  return { end, usersStarted: round.usersStarted, overMs: round.overMs, notSent: 0 };
}

async function runUser<Input, Output>(
  round: RunningLoad,
  caller: Caller<Input, Output>,
  workload: CallFlow<Input, Output>,
  load: ClosedLoad,
  { number, share, seed }: Pick<LoadOptions, "share" | "seed"> & { readonly number: number },
): Promise<void> {
  const user = number * share.of + share.client;
  const random = userRandom(seed, user);
  const answer = newAnswer<Output>();
  let input = workload.first;
  let intendedAt = round.beginAt + spawnAtMs(user, load);
  await round.sleepUntil(intendedAt);
  if (round.over) return;
  round.usersStarted++;
  while (!round.over) {
    const index = round.nextIndex();
    const startedAt = performance.now();
    await caller.call(input, answer);
    const endedAt = performance.now();
    const serverMs = serverMsOf(workload, answer);
    round.recorder.record(index, user, intendedAt, startedAt, endedAt, serverMs, answer);
    round.checkFailures();
    if (answer.ok) input = workload.next(answer.output as Output);
    const thinkMs = drawThinkMs(load.thinkMs, random);
    intendedAt = endedAt + (answer.ok ? thinkMs : Math.max(thinkMs, failurePauseMs));
    await round.sleepUntil(intendedAt);
  }
}
