import { describe, expect, it } from "vitest";
import { readTimes } from "../children/child.js";
import { readGhz } from "./ghz.js";
import { readK6 } from "./k6.js";
import { readLocust } from "./locust.js";
import { cpu } from "./tool-metrics.js";
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
    const { calls, medianMs, callsPerSecond } = readWrk(wrkText(printed));
    expect(calls).toBe(9500);
    expect(medianMs).toBeCloseTo(ms, 10);
    expect(callsPerSecond).toBe(9500);
  });

  it("is refused when calls failed, or when there is none", () => {
    const failed = wrkText("95.00us", "  Non-2xx or 3xx responses: 9500\n");
    expect(() => readWrk(failed)).toThrow("Non-2xx or 3xx responses: 9500");
    expect(() => readWrk(wrkText("-nanus"))).toThrow("no median");
  });
});

describe("the line that ghz writes for InfluxDB", () => {
  const line = (fields: string) =>
    `ghz_run,proto="increment.proto",n=1,c=1,data="{\\"value\\":1}",errors=7,has_errors=false ${fields} 1795284768805741940`;
  const fields = (more: string) =>
    `total=1002612437,average=80350924,slowest=162059423,rps=1166.95,median=150000,p95=132165413,${more}`;

  it("says calls, their rate, and their median in ns", () => {
    expect(readGhz(line(fields("count=1170,errors=0")))).toEqual({
      calls: 1170,
      medianMs: 0.15,
      callsPerSecond: 1166.95,
    });
  });

  it("is refused when a call failed, or there was none", () => {
    expect(() => readGhz(line(fields("count=2,errors=1")))).toThrow("1 of 2 calls of ghz failed");
    expect(() => readGhz(line(fields("count=0,errors=0")))).toThrow("no calls");
    expect(() => readGhz("")).toThrow("no calls");
  });
});

describe("the calls of tools that are asked for nothing else", () => {
  it("are read from what k6 and Locust write", () => {
    expect(readK6('{"calls":12,"failed":0}')).toEqual({ calls: 12 });
    expect(readLocust('[{"name":"/increment","num_requests":12,"num_failures":0}]')).toEqual({ calls: 12 });
  });

  it("are refused when one failed, or there was none", () => {
    expect(() => readK6('{"calls":12,"failed":1}')).toThrow("1 of 12 calls of k6 failed");
    expect(() => readK6('{"calls":0,"failed":0}')).toThrow("no calls");
    expect(() => readLocust('[{"num_requests":12,"num_failures":2}]')).toThrow(
      "2 of 12 calls of Locust failed",
    );
    expect(() => readLocust("[]")).toThrow("no calls");
  });
});

describe("the processor time that bash tells", () => {
  it("is user and system time of its last line, in any language, in ms", () => {
    expect(readTimes("cpu 9.000 9.000\na warning\ncpu 1.250 0.125\n")).toBe(1375);
    expect(readTimes("cpu 1,250 0,125\n")).toBe(1375);
    expect(() => readTimes("wrk: not found")).toThrow("wrk: not found");
  });
});

describe("the processor time of a tool's call", () => {
  const runs = (...all: { calls: number; cpuMs: number }[]) => {
    const left = [...all];
    return () => Promise.resolve(left.shift() ?? { calls: 0, cpuMs: 0 });
  };

  it("has no part of its start", async () => {
    const perCall = cpu.tool(runs({ calls: 1000, cpuMs: 500 + 20 }, { calls: 3000, cpuMs: 500 + 60 }));
    expect(await perCall).toBeCloseTo(20, 10);
  });

  it("is refused where the longer run made no more calls", async () => {
    const one = { calls: 1000, cpuMs: 500 };
    await expect(cpu.tool(runs(one, one))).rejects.toThrow("1000 calls");
  });
});
