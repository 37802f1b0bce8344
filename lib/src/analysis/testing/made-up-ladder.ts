import type { Estimate } from "../../stats/interval.js";
import type { Ladder, RungCost } from "../layers/ladder.js";

function estimate(valueUs: number, reachUs: number): Estimate {
  const [value, reach] = [valueUs / 1000, reachUs / 1000];
  return { value, low: value - reach, high: value + reach, confidence: 0.99 };
}

function rung(name: string, over: string | null, levelUs: number, step: Estimate | null): RungCost {
  const words = { changes: `the layer ${name}`, client: `client of ${name}`, server: `server of ${name}` };
  return { name, over, ...words, level: estimate(levelUs, 5), step, missing: "" };
}

/** A ladder of known numbers: REST 100 µs, gRPC 160, TCP 40; a step too small to see on each side, and one beyond. */
export function madeUpLadder(changes: Partial<Ladder> = {}): Ladder {
  return {
    rungs: [
      rung("net", null, 40, null),
      rung("http", "net", 102, estimate(62, 4)),
      rung("rest", "http", 100, estimate(-2, 6)),
      rung("rest-tls", "rest", 130, estimate(30, 3)),
      rung("http2", "net", 60, estimate(20, 2)),
      rung("grpc", "http2", 160, estimate(100, 12)),
    ],
    ends: { rest: "rest", grpc: "grpc" },
    sum: estimate(60, 10),
    whole: estimate(65, 10),
    leftOver: estimate(5, 14),
    missing: "",
    scope: "these processes only",
    ...changes,
  };
}
