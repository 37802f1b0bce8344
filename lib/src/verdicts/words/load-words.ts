import type { ClosedLoad, Load, OpenLoad, Stage } from "../../record/load-info.js";

/**
 * A load in words, as a condition of what was measured under it.
 *
 * @example
 * sayLoad(closedLoad({ users: 100, spawnPerSecond: 10, thinkMs: [1000, 2000], runTimeMs: 30_000 }));
 * // "100 users, 10 started a second, pausing 1–2 s, for 30 s"
 */
export function sayLoad(load: Load): string {
  return load.kind === "closed" ? sayClosed(load) : sayOpen(load);
}

function sayClosed({ users, spawnPerSecond, thinkMs, runTimeMs }: ClosedLoad): string {
  return [
    users === 1 ? "1 user" : `${say(users)} users`,
    ...(users === 1
      ? []
      : [spawnPerSecond === null ? "all at once" : `${say(spawnPerSecond)} started a second`]),
    sayPause(thinkMs),
    `for ${sayTime(runTimeMs)}`,
  ].join(", ");
}

/** The users of a closed load and their pauses: `100 users, pausing 1–2 s`. */
export function sayUsers({ users, thinkMs }: Pick<ClosedLoad, "users" | "thinkMs">): string {
  return `${users === 1 ? "1 user" : `${say(users)} users`}, ${sayPause(thinkMs)}`;
}

function sayPause([least, most]: ClosedLoad["thinkMs"]): string {
  if (most === 0) return "without a pause";
  if (least === most) return `pausing ${sayTime(most)}`;
  const [from, to] = [sayTime(least), sayTime(most)];
  const unit = to.slice(to.indexOf(" "));
  return least === 0 || from.endsWith(unit)
    ? `pausing ${from.slice(0, from.indexOf(" "))}–${to}`
    : `pausing ${from} to ${to}`;
}

function sayOpen({ stages, spacing }: OpenLoad): string {
  const how = spacing === "poisson" ? "at random" : "evenly";
  const [first, ...others] = stages as readonly [Stage, ...Stage[]];
  if (others.length === 0)
    return `${sayRate(first)} calls a second, ${how}, for ${sayTime(first.durationMs)}`;
  const alike = others.every(({ durationMs }) => durationMs === first.durationMs);
  const rates = alike
    ? `${stages.map(sayRate).join(", then ")} calls a second, ${sayTime(first.durationMs)} each`
    : `${stages.map((stage) => `${sayRate(stage)} for ${sayTime(stage.durationMs)}`).join(", then ")}, in calls a second`;
  return `${rates}, ${how}`;
}

function sayRate({ fromPerSecond, toPerSecond }: Stage): string {
  return fromPerSecond === toPerSecond ? say(toPerSecond) : `${say(fromPerSecond)} to ${say(toPerSecond)}`;
}

function sayTime(ms: number): string {
  if (ms < 1000) return `${say(ms)} ms`;
  return ms % 60_000 === 0 ? `${say(ms / 60_000)} min` : `${say(ms / 1000)} s`;
}

function say(value: number): string {
  return value.toLocaleString("en");
}
