import type { ClosedLoad } from "../../record/load-info.js";
import { averageUsers, usersWhoBegin } from "../../schedule/users.js";

/** The rate that follows from a closed load's users, beside the one that was measured. */
export interface ExpectedRate {
  readonly arm: string;
  /** In the load on average, the ramp included. */
  readonly users: number;
  readonly pauseMs: number;
  readonly meanMs: number;
  readonly expectedPerSecond: number;
  readonly callsPerSecond: number;
}

/**
 * Little's law (Little 1961): users ÷ (pause + call) is how many calls a second there are in the long run. A user begins
 * with a call and not with a pause, which in a short run counts: half a call a user more, and a little for pauses that vary
 * (the renewal function, Cox 1962, §4.2). Calls that would end after the run time are left out, as in the rate.
 */
export function expectedRate({
  arm,
  load,
  meanMs,
  callsPerSecond,
}: Pick<ExpectedRate, "arm" | "meanMs" | "callsPerSecond"> & { readonly load: ClosedLoad }): ExpectedRate {
  const [least, most] = load.thinkMs;
  const users = averageUsers(load);
  const pauseMs = (least + most) / 2;
  const cycleMs = pauseMs + meanMs;
  const varies = (most - least) ** 2 / 12 / cycleMs ** 2;
  const begun = usersWhoBegin(load);
  const userMs = users * load.runTimeMs - begun * meanMs;
  const expectedPerSecond = (1000 * (userMs / cycleMs + (begun * (1 + varies)) / 2)) / load.runTimeMs;
  return { arm, users, pauseMs, meanMs, callsPerSecond, expectedPerSecond };
}
