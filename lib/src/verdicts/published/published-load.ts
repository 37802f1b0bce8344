import type { ClosedLoad, Load } from "../../record/load-info.js";
import { loadNumbers, type PublishedMetric, type PublishedNumber } from "./published.js";

/** What of a published number says which load it was measured under. */
export interface LoadPlace {
  readonly post: string;
  readonly experiment: string;
  readonly condition: string;
}

/** The load that a post ran for an experiment under a condition; null where it says of none. */
export function publishedLoad(place: LoadPlace): ClosedLoad | null {
  const numbers = loadNumbers().filter((number) => isAt(number, place));
  const settingOf = (metric: PublishedMetric) => numbers.find((number) => number.metric === metric)?.value;
  const users = settingOf("users");
  const seconds = settingOf("duration");
  if (users === undefined || seconds === undefined) return null;
  return {
    kind: "closed",
    users,
    spawnPerSecond: settingOf("spawn rate") ?? null,
    thinkMs: [(settingOf("think time min") ?? 0) * 1000, (settingOf("think time max") ?? 0) * 1000],
    runTimeMs: seconds * 1000,
  };
}

/**
 * Whether a run's load is near enough to a published one that its ratios can be judged: as many users, the same pauses,
 * and of the run times that the post has for this experiment, this one is the nearest. A ramp of another speed and another
 * run time are conditions of the verdict.
 */
export function isLikeLoad(load: Load, published: ClosedLoad, place: LoadPlace): boolean {
  if (load.kind !== "closed" || load.users !== published.users || !samePauses(load, published)) return false;
  const distance = ({ runTimeMs }: ClosedLoad) => Math.abs(Math.log(runTimeMs / load.runTimeMs));
  return loadsOf(place).every((other) => distance(published) <= distance(other));
}

/** Whether it is that load, so that its numbers can stand beside the published ones. */
export function isSameLoad(load: Load, published: ClosedLoad): boolean {
  return (
    load.kind === "closed" &&
    load.users === published.users &&
    load.spawnPerSecond === published.spawnPerSecond &&
    load.runTimeMs === published.runTimeMs &&
    samePauses(load, published)
  );
}

function samePauses(a: ClosedLoad, b: ClosedLoad): boolean {
  return a.thinkMs.every((ms, end) => ms === b.thinkMs[end]);
}

/** The loads of an experiment under all its conditions. */
function loadsOf({ post, experiment }: LoadPlace): readonly ClosedLoad[] {
  const own = loadNumbers().filter((number) => number.post === post && number.experiment === experiment);
  return [...new Set(own.map(({ condition }) => condition))].flatMap(
    (condition) => publishedLoad({ post, experiment, condition }) ?? [],
  );
}

function isAt(number: PublishedNumber, { post, experiment, condition }: LoadPlace): boolean {
  return number.post === post && number.experiment === experiment && number.condition === condition;
}
