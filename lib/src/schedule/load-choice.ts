import { WirelabError } from "../errors.js";
import type { ClosedLoad, Load, OpenLoad, Stage } from "../record/load-info.js";
import { callsIn } from "./arrivals.js";

/** Users are numbered in two bytes of the call record. */
const mostUsers = 65_535;
const mostRunTimeMs = 24 * 3600 * 1000;
const mostPerSecond = 1_000_000;
/** Calls are numbered in four bytes of it. */
const mostCalls = 2 ** 32 - 1;

/**
 * A closed load as it is asked for.
 *
 * @example
 * const options: lab.ClosedLoadOptions = { users: 100, thinkMs: [1000, 2000], runTimeMs: 30_000 };
 */
export interface ClosedLoadOptions {
  readonly users: number;
  /** Users started a second; default all at once. */
  readonly spawnPerSecond?: number;
  /** Pause after each answer: always so long, or drawn evenly between two lengths. Default none. */
  readonly thinkMs?: number | readonly [least: number, most: number];
  readonly runTimeMs: number;
}

/**
 * An open load as it is asked for: one rate for some time, or stages.
 *
 * @example
 * const options: lab.OpenLoadOptions = { callsPerSecond: 200, runTimeMs: 5000, spacing: "poisson" };
 */
export type OpenLoadOptions = {
  /** Default `even`. */
  readonly spacing?: OpenLoad["spacing"];
  /** Calls that may be under way at once, each on a caller of its own; default 100. */
  readonly users?: number;
} & ({ readonly callsPerSecond: number; readonly runTimeMs: number } | { readonly stages: readonly Stage[] });

/**
 * Users who call, pause and call again.
 *
 * @throws WirelabError `usage` that names the option that cannot be
 * @example
 * lab.closedLoad({ users: 100, spawnPerSecond: 10, thinkMs: [1000, 2000], runTimeMs: 30_000 });
 */
export function closedLoad({ users, spawnPerSecond, thinkMs = 0, runTimeMs }: ClosedLoadOptions): ClosedLoad {
  const [least, most] = Array.isArray(thinkMs) ? thinkMs : [thinkMs, thinkMs];
  between("thinkMs", least, 0, mostRunTimeMs);
  between("the longest thinkMs", most, least, mostRunTimeMs);
  return {
    kind: "closed",
    users: usersOf(users),
    spawnPerSecond: spawnPerSecond === undefined ? null : rate("spawnPerSecond", spawnPerSecond),
    thinkMs: [least, most],
    runTimeMs: duration("runTimeMs", runTimeMs),
  };
}

/**
 * Calls that are due at a rate, whatever the server does.
 *
 * @throws WirelabError `usage` that names the option that cannot be
 * @example
 * lab.openLoad({ callsPerSecond: 200, runTimeMs: 5000, spacing: "poisson" });
 * lab.openLoad({ stages: [{ fromPerSecond: 50, toPerSecond: 500, durationMs: 10_000 }], users: 400 });
 */
export function openLoad({ spacing = "even", users = 100, ...options }: OpenLoadOptions): OpenLoad {
  const stages = "stages" in options ? options.stages : [constant(options)];
  if (spacing !== "even" && spacing !== "poisson") {
    throw new WirelabError("usage", `spacing must be even or poisson, not ${String(spacing)}.`);
  }
  return { kind: "open", stages: stagesOf(stages), spacing, users: usersOf(users) };
}

/**
 * Stages of a rate that goes up in steps, each as long as the others.
 *
 * @example
 * lab.openLoad({ stages: lab.steps([100, 200, 400], { eachMs: 2000 }) });
 */
export function steps(callsPerSecond: readonly number[], { eachMs }: { readonly eachMs: number }): Stage[] {
  return callsPerSecond.map((perSecond) => constant({ callsPerSecond: perSecond, runTimeMs: eachMs }));
}

/** A load that came from elsewhere, checked as one that was made here. */
export function checkedLoad(load: Load): Load {
  if (load.kind === "open") return openLoad(load);
  if (load.kind !== "closed") {
    const { kind } = load as { kind: unknown };
    throw new WirelabError("usage", `A load is made by closedLoad or openLoad, and has no kind ${kind}.`);
  }
  const { spawnPerSecond, ...rest } = load;
  return closedLoad({ ...rest, ...(spawnPerSecond !== null && { spawnPerSecond }) });
}

function constant({ callsPerSecond, runTimeMs }: { callsPerSecond: number; runTimeMs: number }): Stage {
  return {
    fromPerSecond: rate("callsPerSecond", callsPerSecond),
    toPerSecond: callsPerSecond,
    durationMs: duration("runTimeMs", runTimeMs),
  };
}

function stagesOf(stages: readonly Stage[]): readonly Stage[] {
  for (const { fromPerSecond, toPerSecond, durationMs } of stages) {
    between("fromPerSecond", fromPerSecond, 0, mostPerSecond);
    between("toPerSecond", toPerSecond, 0, mostPerSecond);
    duration("durationMs", durationMs);
  }
  if (!stages.some(({ fromPerSecond, toPerSecond }) => fromPerSecond + toPerSecond > 0)) {
    throw new WirelabError("usage", "An open load needs a stage with a rate above 0.");
  }
  const sum = (of: (stage: Stage) => number) => stages.reduce((total, stage) => total + of(stage), 0);
  duration(
    "durationMs of all stages together",
    sum(({ durationMs }) => durationMs),
  );
  above("The calls of an open load together", sum(callsIn), mostCalls);
  return stages;
}

function usersOf(users: number): number {
  if (Number.isSafeInteger(users)) return between("users", users, 1, mostUsers);
  throw new WirelabError("usage", `users must be a whole number from 1 to ${mostUsers}, not ${users}.`);
}

function rate(option: string, perSecond: number): number {
  return above(option, perSecond, mostPerSecond);
}

function duration(option: string, ms: number): number {
  return above(option, ms, mostRunTimeMs);
}

// Finite numbers: cells of a notebook are not type-checked strictly, and "7" > 0.
function above(option: string, value: number, most: number): number {
  if (Number.isFinite(value) && value > 0 && value <= most) return value;
  throw new WirelabError("usage", `${option} must be above 0 and at most ${most}, not ${value}.`);
}

function between(option: string, value: number, least: number, most: number): number {
  if (Number.isFinite(value) && value >= least && value <= most) return value;
  throw new WirelabError("usage", `${option} must be from ${least} to ${most}, not ${value}.`);
}
