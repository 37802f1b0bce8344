import type { ArmChoice } from "./plan-options.js";

/**
 * Each way of calling at each number of callers, as arms of one run, so that all levels meet the same weather: `rest-4` is
 * REST with four callers. A single level keeps the arms' own names.
 *
 * @example
 * await lab.measure({ arms: lab.atConcurrency(["rest", "grpc"], [1, 2, 4, 8, 16, 32]) });
 */
export function atConcurrency(arms: readonly string[], levels: readonly number[]): readonly ArmChoice[] {
  const several = levels.length > 1;
  return levels.flatMap((callers) =>
    arms.map((arm) => ({ name: several ? `${arm}-${callers}` : arm, arm, callers })),
  );
}
