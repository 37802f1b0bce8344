import type { ClosedLoad, Load } from "../record/load-info.js";
import { createRandom, type Random } from "../stats/random.js";

type Ramp = Pick<ClosedLoad, "users" | "spawnPerSecond" | "runTimeMs">;

/** When a user begins, in ms from the load's begin; users are numbered from 0. */
export function spawnAtMs(user: number, { spawnPerSecond }: Pick<Ramp, "spawnPerSecond">): number {
  return spawnPerSecond === null ? 0 : (user * 1000) / spawnPerSecond;
}

/** How many users have begun by then. */
export function usersAt(atMs: number, { users, spawnPerSecond }: Omit<Ramp, "runTimeMs">): number {
  if (atMs < 0) return 0;
  if (spawnPerSecond === null) return users;
  return Math.min(users, Math.floor((atMs * spawnPerSecond) / 1000) + 1);
}

/** How many need a caller: of a ramp those who begin, and one who is due exactly at the end of the run time does not. */
export function usersWhoBegin(load: Load): number {
  return load.kind === "open" ? load.users : usersAt(load.runTimeMs * (1 - 1e-9), load);
}

/** Users in a load at a time, averaged over its run time, the ramp included. */
export function averageUsers({ users, spawnPerSecond, runTimeMs }: Ramp): number {
  if (spawnPerSecond === null) return users;
  const started = usersAt(runTimeMs, { users, spawnPerSecond });
  const lastMs = spawnAtMs(started - 1, { spawnPerSecond });
  // Each of them is there from its begin to the end, and they begin evenly.
  return (started * (runTimeMs - lastMs / 2)) / runTimeMs;
}

/**
 * A user's own stream of random numbers. Seeds that differ by one would make the pauses of neighbouring users alike, since
 * the generator's state is linear in its seed: they are mixed first (the finaliser of MurmurHash3, Appleby 2011).
 */
export function userRandom(seed: number, user: number): Random {
  let mixed = seed ^ Math.imul(user + 1, 0x9e37_79b1);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85eb_ca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2_ae35);
  return createRandom((mixed ^ (mixed >>> 16)) | 0);
}

/** A pause as a user makes it. */
export function drawThinkMs([least, most]: ClosedLoad["thinkMs"], random: Random): number {
  return least + (most - least) * random.next();
}

/**
 * How long a user who begins to pause has paused on average when so much time is left: the mean of the lesser of a pause
 * and that time.
 */
export function meanThinkMs([least, most]: ClosedLoad["thinkMs"], leftMs: number): number {
  if (leftMs <= least) return Math.max(0, leftMs);
  if (leftMs >= most) return (least + most) / 2;
  return ((leftMs ** 2 - least ** 2) / 2 + leftMs * (most - leftMs)) / (most - least);
}

/** The same of a pause that is at least so long, as after a call that failed. */
export function meanPauseMs(
  [least, most]: ClosedLoad["thinkMs"],
  { leastMs, leftMs }: { readonly leastMs: number; readonly leftMs: number },
): number {
  if (leastMs <= least) return meanThinkMs([least, most], leftMs);
  const floor = Math.max(0, Math.min(leastMs, leftMs));
  if (leastMs >= most) return floor;
  const lifted = (leastMs - least) / (most - least);
  return lifted * floor + (1 - lifted) * meanThinkMs([leastMs, most], leftMs);
}
