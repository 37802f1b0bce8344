import type { PairsAre } from "./resampling/resample.js";

/** Fewer fresh pairs than this cannot speak for processes that did not run. */
export const pairsForScope = 10;

/** Where a comparison may be generalised to: fresh processes on this machine, or only the processes that ran. */
export type Scope = "fresh processes on this machine" | "these processes only";

/** Whom so many pairs can speak of: other processes only if there were enough, each of fresh processes. */
export function scopeOfPairs({ pairs, fresh }: { readonly pairs: number; readonly fresh: boolean }): Scope {
  return fresh && pairs >= pairsForScope ? "fresh processes on this machine" : "these processes only";
}

/** Whom a set of numbers speaks of, the least of all. */
export function narrowest(scopes: readonly Scope[]): Scope {
  return scopes.every((scope) => scope === "fresh processes on this machine")
    ? "fresh processes on this machine"
    : "these processes only";
}

/** How the statistics are told of a scope. */
export function pairsAre(scope: Scope): PairsAre {
  return scope === "these processes only" ? "fixed" : "random";
}
