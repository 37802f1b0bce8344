import { sayNumber, sayPercent } from "../digits.js";
import { type Line, linesOf, placeOf, type Rule } from "./table.js";

/** Fewer calls in flight than this share of the users, without think time, and the users were not there. */
const idleShare = 0.1;

/** Medians stand in for means, so only a breach beyond this is one. */
const slack = 1.1;

/** Think time that is this much of a user's round fixes the rate, whatever the server does. */
const thinkShare = 0.95;

/** Users cannot be more than the ramp has started by the end. */
export const rampBound: Rule = ({ post, numbers }) =>
  linesOf(numbers).flatMap((line) => {
    const load = loadOf(line);
    if (load === null || load.started >= load.users) return [];
    return [
      {
        post,
        strength: "contradiction" as const,
        printed: `${sayNumber(load.users)} users in ${sayNumber(load.durationS)} s (${placeOf(line)})`,
        found: `the ramp that the post gives, ${sayNumber(load.spawnRate)} users a second, has started ${sayNumber(load.started)} users by then, ${sayNumber(load.averageUsers)} on average`,
      },
    ];
  });

/**
 * Little's law (Little 1961): users = rate × (time of a call + think time), users averaged over time with the ramp.
 * Medians stand in for the means that the law is about, so a breach is suggestive.
 */
export const littlesLaw: Rule = ({ post, numbers }) =>
  linesOf(numbers).flatMap((line) => {
    const load = loadOf(line);
    const [count, callS] = [line.value("count"), line.value("mean") ?? line.value("median")];
    if (load === null || count === undefined || callS === undefined) return [];
    const thinkS = thinkOf(line) ?? 0;
    const busy = (count / load.durationS) * (callS + thinkS);
    const idle = thinkS === 0 && busy < idleShare * load.averageUsers;
    if (!idle && busy <= slack * load.averageUsers) return [];
    return [
      {
        post,
        strength: "suggestive" as const,
        printed: `${line.digits("count")} calls in ${sayNumber(load.durationS)} s at ${sayNumber(callS * 1e3)} ms each (${placeOf(line)})`,
        found: `rate × time of a call = ${sayNumber(busy)} users at work, beside ${sayNumber(load.averageUsers)} on average with the ramp; ${idle ? "the others waited elsewhere, unless the users paused between calls" : "more users than there were"}`,
      },
    ];
  });

/** Where users mostly think, arms get the same rate from any server that keeps up: their equality says nothing. */
export const thinkTimeRate: Rule = ({ post, numbers }) =>
  linesOf(numbers).flatMap((line) => {
    const [thinkS, callS] = [thinkOf(line), line.value("mean") ?? line.value("median")];
    if (thinkS === undefined || callS === undefined || line.value("count") === undefined) return [];
    const share = thinkS / (thinkS + callS);
    if (share < thinkShare) return [];
    return [
      {
        post,
        strength: "suggestive" as const,
        printed: `${line.digits("count")} calls with ${sayNumber(thinkS)} s of thinking between them (${placeOf(line)})`,
        found: `thinking is ${sayPercent(share)} of a user's time, so the rate is fixed by it and says next to nothing of the server`,
      },
    ];
  });

interface Load {
  readonly users: number;
  readonly durationS: number;
  readonly spawnRate: number;
  /** Users that the ramp can have started by the end. */
  readonly started: number;
  readonly averageUsers: number;
}

function loadOf(line: Line): Load | null {
  const [users, durationS, spawnRate] = [
    line.value("users"),
    line.value("duration"),
    line.value("spawn rate"),
  ];
  if (users === undefined || durationS === undefined || spawnRate === undefined) return null;
  const started = Math.min(users, spawnRate * durationS);
  const rampS = started / spawnRate;
  return {
    users,
    durationS,
    spawnRate,
    started,
    averageUsers: (started * (durationS - rampS / 2)) / durationS,
  };
}

function thinkOf(line: Line): number | undefined {
  const [min, max] = [line.value("think time min"), line.value("think time max")];
  return min === undefined || max === undefined ? undefined : (min + max) / 2;
}
