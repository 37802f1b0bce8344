import { findArm } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import type { PlannedArm } from "./arm-plan.js";
import type { PlanOptions } from "./plan-options.js";

const longestPauseMs = 60_000;

/** The pause before every call, in ms; one that cannot be is a `usage` error. */
export function pauseOf({ pauseMs = 0, load, service }: PlanOptions, arms: readonly PlannedArm[]): number {
  const refuse = (why: string) => new WirelabError("usage", `pauseMs ${why}.`);
  if (!(pauseMs >= 0 && pauseMs <= longestPauseMs)) {
    throw refuse(`must be a number of ms from 0 to ${longestPauseMs}, not ${pauseMs}`);
  }
  if (pauseMs === 0) return 0;
  if (load !== undefined) throw refuse("is of calls one after another: a load's users have thinkMs");
  if (service !== undefined)
    throw refuse("is for the lab's own works: calls of a service are paced by its bounds");
  const foreign = arms.find(({ arm }) => findArm(arm).language !== "typescript");
  if (foreign !== undefined)
    throw refuse(`is not for ${foreign.name}, whose client makes one call right after another`);
  return pauseMs;
}
