import { whyTooLittle } from "../../errors.js";
import { type Estimate, fromZero } from "../../stats/interval.js";
import type { Scope } from "../../stats/scope.js";
import { scopeOf } from "../compare.js";
import { differenceOf, type MeasuredCalls } from "../difference.js";

/** One rung of the ladder: an arm that differs from the one below it in one thing. */
export interface Rung {
  /** The arm's name in the run. */
  readonly name: string;
  /** The rung below it; null for the lowest. */
  readonly over: string | null;
  /** The one thing that is new. */
  readonly changes: string;
  readonly client: string;
  readonly server: string;
}

/** What a rung costs, in ms. */
export interface RungCost extends Rung {
  /** What a call takes; null where it could not be had. */
  readonly level: Estimate | null;
  /** How much more than on the rung below; null for the lowest, and where it could not be had. */
  readonly step: Estimate | null;
  /** Why one could not be had; "" where all are there. */
  readonly missing: string;
}

/** One arm of each side. */
export interface Ends {
  readonly rest: string;
  readonly grpc: string;
}

/** The ladder in numbers, all in ms. */
export interface Ladder {
  readonly rungs: readonly RungCost[];
  /** The rungs that the two sides end with. */
  readonly ends: Ends;
  /** gRPC − REST as the steps add up. */
  readonly sum: Estimate | null;
  /** The same of the two ends measured once more, in rounds and with servers of their own. */
  readonly whole: Estimate | null;
  /** Whole − sum; null where one of them could not be had. */
  readonly leftOver: Estimate | null;
  /** Why one could not be had; "" where all are there. */
  readonly missing: string;
  readonly scope: Scope;
}

/** What a ladder is computed from. */
export interface LadderSource {
  readonly rungs: readonly Rung[];
  readonly ends: Ends;
  /** The arms that are the ends once more. */
  readonly apart: Ends;
  readonly measured: MeasuredCalls;
  readonly pairs: number;
}

/** The cost of every rung, and what of the whole its steps leave over. */
export function ladderOf({ rungs, ends, apart, measured, pairs }: LadderSource): Ladder {
  const steps = { [ends.grpc]: 1, [ends.rest]: -1 };
  const again = { [apart.grpc]: 1, [apart.rest]: -1 };
  const sum = differenceOrReason(measured, steps);
  const whole = differenceOrReason(measured, again);
  const leftOver = differenceOrReason(measured, { ...again, [ends.grpc]: -1, [ends.rest]: 1 });
  return {
    rungs: rungs.map((rung) => costOf(rung, measured)),
    ends,
    sum: sum.estimate,
    whole: whole.estimate,
    leftOver: leftOver.estimate,
    missing: leftOver.missing,
    scope: scopeOf(measured.info, pairs),
  };
}

/** The rungs from the end of REST down to where both sides meet, and those from there up to the end of gRPC. */
export function waysOf({ rungs, ends }: Pick<Ladder, "rungs" | "ends">): {
  readonly down: readonly RungCost[];
  readonly up: readonly RungCost[];
} {
  const toFoot = (name: string | null): readonly RungCost[] => {
    const rung = rungs.find((one) => one.name === name);
    return rung === undefined ? [] : [rung, ...toFoot(rung.over)];
  };
  const above = (way: readonly RungCost[]) => way.filter(({ over }) => over !== null);
  return { down: above(toFoot(ends.rest)), up: above(toFoot(ends.grpc)).toReversed() };
}

/** Whether a step is told apart from none. */
export function isSeen({ low, high }: Estimate): boolean {
  return low > 0 || high < 0;
}

function costOf(rung: Rung, measured: MeasuredCalls): RungCost {
  const { name, over } = rung;
  const level = differenceOrReason(measured, { [name]: 1 });
  const step = over === null ? nothing : differenceOrReason(measured, { [name]: 1, [over]: -1 });
  const missing = level.missing || step.missing;
  return { ...rung, level: level.estimate && fromZero(level.estimate), step: step.estimate, missing };
}

interface Found {
  readonly estimate: Estimate | null;
  readonly missing: string;
}

const nothing: Found = { estimate: null, missing: "" };

/** One difference with too few calls leaves the others standing. */
function differenceOrReason(measured: MeasuredCalls, weights: Readonly<Record<string, number>>): Found {
  try {
    return { estimate: differenceOf(measured, weights), missing: "" };
  } catch (error) {
    return { estimate: null, missing: whyTooLittle(error) };
  }
}
