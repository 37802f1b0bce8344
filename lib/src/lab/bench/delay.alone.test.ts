import { expect, it } from "vitest";
import { percentile } from "../../stats/percentiles/percentile.js";
import { benchOf, metricsOf } from "./testing/bench-of.js";

it("finds a delay within 5 % of what the server itself waited, beside a control in the same run", async () => {
  const arms = ["rest", "rest-multipart", "grpc", "grpc-chunks"];
  // Long against what a busy machine adds when a process that slept is woken, and one caller, so that none waits for another.
  const load = { arms, requests: 24, concurrency: [1] };
  const { results, waitedMs } = await benchOf({ delayMs: 150 }, load);
  const waited = percentile(Float64Array.from(waitedMs).sort(), 0.5);
  const medianOf = (name: string) => metricsOf(results, name).p50Ms?.value ?? Number.NaN;
  for (const [delayed, control] of [
    ["rest-multipart", "rest"],
    ["grpc-chunks", "grpc"],
  ] as const) {
    const found = medianOf(delayed) - medianOf(control);
    expect(found / waited, delayed).toBeGreaterThan(0.95);
    expect(found / waited, delayed).toBeLessThan(1.05);
  }
}, 90_000);
