import { describe, expect, it } from "vitest";
import { readGhz } from "./ghz.js";
import { readWrk } from "./wrk.js";

const wrkText = (median: string, more = "") => `Running 1s test @ http://127.0.0.1:5000/increment
  1 threads and 1 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   101.50us   50.00us   1.50ms   97.50%
    Req/Sec     9.50k   150.00     9.70k    70.00%
  Latency Distribution
     50%   ${median}
     75%   97.00us
     99%  250.00us
  9500 requests in 1.00s, 2.00MB read
${more}Requests/sec:   9500.00
`;

describe("the median that wrk prints", () => {
  it.each([
    ["95.00us", 0.095],
    ["1.25ms", 1.25],
    ["1.02s", 1020],
  ])("reads %s as %d ms", (printed, ms) => {
    const { medianMs, callsPerSecond } = readWrk(wrkText(printed));
    expect(medianMs).toBeCloseTo(ms, 10);
    expect(callsPerSecond).toBe(9500);
  });

  it("is refused when calls failed, or when there is none", () => {
    const failed = wrkText("95.00us", "  Non-2xx or 3xx responses: 9500\n");
    expect(() => readWrk(failed)).toThrow("Non-2xx or 3xx responses: 9500");
    expect(() => readWrk(wrkText("-nanus"))).toThrow("no median");
  });
});

describe("the median of ghz's calls", () => {
  const json = (...calls: [latencyNs: number, status: string][]) =>
    JSON.stringify({ rps: 3, details: calls.map(([latency, status]) => ({ latency, status })) });

  it("is that of its details, from ns", () => {
    expect(readGhz(json([300_000, "OK"], [100_000, "OK"], [150_000, "OK"]))).toEqual({
      medianMs: 0.15,
      callsPerSecond: 3,
    });
  });

  it("is refused when a call failed, or there was none", () => {
    expect(() => readGhz(json([100, "OK"], [100, "Unavailable"]))).toThrow("Unavailable");
    expect(() => readGhz("{}")).toThrow("no calls");
  });
});
