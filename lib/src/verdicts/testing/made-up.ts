import type { Comparison } from "../../analysis/types.js";
import type { Estimate } from "../../stats/interval.js";
import type { AuditInput } from "../audit/table.js";
import type { PublishedMetric, PublishedNumber } from "../published/published.js";
import type { Claim } from "../types.js";

/** A claim that tests change where they need to. */
export function madeUpClaim(changes: Partial<Claim> = {}): Claim {
  return {
    id: "003-made-up",
    post: "003",
    experiment: "increment",
    work: "increment",
    statement: "REST takes longer than gRPC",
    metric: "total",
    first: "rest",
    second: "grpc",
    direction: "above one",
    ratio: 24,
    conditions: "chain",
    also: null,
    ...changes,
  };
}

/** A comparison that answers the claim's own question with the interval given. */
export function measured(
  claim: Claim,
  low: number,
  high: number,
  changes: Partial<Comparison> = {},
): Comparison {
  return {
    first: claim.first,
    second: claim.second,
    metric: claim.metric as Comparison["metric"],
    ratio: { value: Math.sqrt(low * high), low, high, confidence: 0.99 },
    pairs: 10,
    blocks: 100,
    calls: 20_000,
    scope: "fresh processes on this machine",
    run: "data/runs/made-up",
    ...changes,
  };
}

type Cell = readonly [metric: PublishedMetric, unit: string, value: number];

/** A table of one post: each entry an arm, its condition and its cells. */
export function madeUpTable(
  lines: readonly { arm: string; condition?: string; experiment?: string; cells: readonly Cell[] }[],
  claims: readonly Claim[] = [],
): AuditInput {
  const numbers: PublishedNumber[] = lines.flatMap(({ arm, condition, experiment, cells }) =>
    cells.map(([metric, unit, value]) => ({
      post: "999",
      experiment: experiment ?? "made up",
      arm,
      condition: condition ?? "any",
      metric,
      unit,
      value,
      digits: String(value),
    })),
  );
  return { post: "999", numbers, claims, remarks: [] };
}

/** A 99 % interval of a ratio, with the middle on a logarithmic axis as its value. */
export function between(low: number, high: number): Estimate {
  return { value: Math.sqrt(low * high), low, high, confidence: 0.99 };
}
