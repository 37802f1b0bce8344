import { printsInside, sayFactor, sayPercent } from "../../stats/digits.js";
import { isVast } from "../../stats/interval.js";
import { contradictsItself } from "../published/claims.js";
import { kindOfStack } from "../stack.js";
import type { ClaimMetric, Size, Verdict } from "../types.js";
import { sayClaim, sayPublished } from "./said.js";
import { sayArm, wordsFor } from "./words.js";

/** First ÷ second by a metric, with its interval. */
export interface Ratio {
  readonly first: string;
  readonly second: string;
  readonly metric: ClaimMetric;
  readonly low: number;
  readonly high: number;
}

/**
 * A measured ratio as a clause, three significant digits, the interval rounded outward.
 * @example
 * sayRatio({ first: "rest", second: "grpc", metric: "total", low: 0.62, high: 0.66 });
 * // "REST took 0.62 to 0.66 times as long as gRPC (total)"
 */
export function sayRatio({ first, second, metric, low, high }: Ratio): string {
  const { before, after } = aroundRatio({ first, second, metric });
  return `${before}${sayFactor(low, high)}${after}`;
}

/** What that clause says before its number, and after it. */
export function aroundRatio({ first, second, metric }: Omit<Ratio, "low" | "high">) {
  const words = wordsFor(metric);
  const by = words.by === null ? "" : ` (${words.by})`;
  return {
    before: `${sayArm(first)} ${words.verb} `,
    after: ` times ${words.as} ${sayArm(second)}${by}`,
  };
}

/**
 * A verdict as one sentence with its interval, its scope and what the post says; true whatever the numbers are.
 * @example
 * sayVerdict(verdict);
 * // "On this machine REST took 0.62 to 0.66 times as long as gRPC (total); the post says 24 times: the opposite direction."
 */
export function sayVerdict(verdict: Verdict): string {
  const { low, high } = verdict;
  if (low === null || high === null) {
    return `To test it takes ${verdict.missing}; the post says that ${sayClaim(verdict)}.`;
  }
  const measured = sayRatio({ ...verdict, low, high });
  const said = sayPublished(verdict);
  const opening = `${where(verdict)} ${measured}`;
  switch (verdict.direction) {
    case "holds":
      return `${opening}; ${said}: ${agreement(verdict)}.`;
    case "opposite":
      return `${opening}; ${said}: ${disagreement(verdict)}.`;
    case "negligible":
      return `${opening}, a difference below the ${sayPercent(verdict.smallestEffect)} that would count; ${said}${sizeClause(verdict.size)}.`;
    case "undecided":
      return `${opening}, too uncertain for a verdict; ${said}${reach(verdict.published, low, high)}.`;
    case "not testable here":
      return `${opening}, which carries no verdict without ${verdict.missing}; ${said}.`;
  }
}

function where(verdict: Verdict): string {
  if (verdict.direction === "not testable here") return "In one process";
  const where =
    verdict.scope === "these processes only" ? "In the processes that ran here" : "On this machine";
  return kindOfStack(verdict.stack) === "replicated" ? `${where}, on the post's own stack,` : where;
}

/** How a measured direction stands to the claimed one: to its words, where the post's number contradicts them. */
function against(verdict: Verdict): string {
  return contradictsItself({ direction: verdict.claimed, ratio: verdict.published }) ? " as its words" : "";
}

function agreement(verdict: Verdict): string {
  if (verdict.claimed === "about one") return "so it is here";
  const same = `the same direction${against(verdict)}`;
  switch (verdict.size) {
    case null:
      return same;
    case "agrees":
      return `${same}, and the size agrees`;
    default:
      return `${same}, a ${verdict.size} effect here`;
  }
}

function disagreement(verdict: Verdict): string {
  if (verdict.claimed === "about one") return "the difference here is larger than that";
  return against(verdict) === "" ? "the opposite direction" : "the opposite of its words";
}

function sizeClause(size: Size | null): string {
  return size === null || size === "agrees" ? "" : `: a ${size} effect here`;
}

/** Decided on the numbers as they are printed, so that a reader who compares them finds the same. */
function reach(published: number | null, low: number, high: number): string {
  if (published === null || isVast({ low, high })) return "";
  return `, which lies ${printsInside(published, low, high) ? "inside" : "outside"} that interval`;
}
