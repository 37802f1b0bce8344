import type { OpenLoad, Stage } from "../record/load-info.js";
import { createRandom } from "../stats/random.js";

/**
 * When the calls of an open load are due, in ms from its begin, one after another; ends when the stages do.
 *
 * Call n is due when the integral of the rate reaches n, or, for a Poisson process, when it reaches the sum of n
 * exponential steps (time-rescaling, Daley & Vere-Jones 2003, §7.4). Only the position is kept, so a backlog of any length
 * takes no memory.
 *
 * @example
 * const stages = [{ fromPerSecond: 100, toPerSecond: 100, durationMs: 1000 }];
 * [...arrivals({ stages, spacing: "even" }, 1)].slice(0, 3); // [0, 10, 20]
 */
export function* arrivals(
  { stages, spacing }: Pick<OpenLoad, "stages" | "spacing">,
  seed: number,
): Generator<number, void, undefined> {
  const random = createRandom(seed);
  const step = spacing === "even" ? () => 1 : () => -Math.log1p(-random.next());
  let beginMs = 0;
  let expectedBefore = 0;
  // An even load begins with a call; the first of a random one comes when it comes.
  let expected = spacing === "even" ? 0 : step();
  for (const stage of stages) {
    const inStage = callsIn(stage);
    while (expected - expectedBefore < inStage) {
      yield beginMs + reachedAfterMs(stage, expected - expectedBefore);
      expected += step();
    }
    beginMs += stage.durationMs;
    expectedBefore += inStage;
  }
}

/** Calls that are due in a stage, on average. */
export function callsIn({ fromPerSecond, toPerSecond, durationMs }: Stage): number {
  return (((fromPerSecond + toPerSecond) / 2) * durationMs) / 1000;
}

/**
 * How long after a stage's begin its rate adds up to so many calls: the root of from·t + (slope ÷ 2)·t² = calls, written so
 * that it also holds for a slope of zero and for a rate that begins at zero.
 */
function reachedAfterMs({ fromPerSecond, toPerSecond, durationMs }: Stage, calls: number): number {
  if (calls === 0) return 0;
  const slope = ((toPerSecond - fromPerSecond) * 1000) / durationMs;
  const root = Math.sqrt(Math.max(0, fromPerSecond ** 2 + 2 * slope * calls));
  return (2000 * calls) / (fromPerSecond + root);
}

/** Calls that are due by then, on average; of the whole load where no time is given. */
export function callsDueBy({ stages }: Pick<OpenLoad, "stages">, byMs = Number.POSITIVE_INFINITY): number {
  let beginMs = 0;
  let calls = 0;
  for (const { fromPerSecond, toPerSecond, durationMs } of stages) {
    const partMs = Math.max(0, Math.min(durationMs, byMs - beginMs));
    const reachedPerSecond = fromPerSecond + ((toPerSecond - fromPerSecond) * partMs) / durationMs;
    calls += callsIn({ fromPerSecond, toPerSecond: reachedPerSecond, durationMs: partMs });
    beginMs += durationMs;
  }
  return calls;
}
