import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, onTestFinished, test } from "vitest";
import { cpuMsBetween, type ProcessUsage, readProcessUsage } from "./process-usage.js";

const linux = process.platform === "linux";

function usageOf(pid: number, proc = "/proc", isAlone = false): ProcessUsage {
  const usage = readProcessUsage(pid, { proc, isAlone });
  if ("missing" in usage) throw new Error(usage.missing);
  return usage;
}

function known(cpuMs: ReturnType<typeof cpuMsBetween>): number {
  if (typeof cpuMs !== "number") throw new Error(cpuMs.missing);
  return cpuMs;
}

/** Keeps this thread on a processor for so long of its own processor time, however busy the machine is. */
function burn(ms: number): number {
  const before = process.cpuUsage();
  const usedMs = () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  while (usedMs() < ms);
  return usedMs();
}

describe.skipIf(!linux)("of this process", () => {
  test("processor time is what the process itself was told", () => {
    const before = usageOf(process.pid);
    const told = process.cpuUsage();
    burn(200);
    const { user, system } = process.cpuUsage(told);
    const between = known(cpuMsBetween(before, usageOf(process.pid)));
    expect(between / ((user + system) / 1000)).toBeGreaterThan(0.9);
    expect(between / ((user + system) / 1000)).toBeLessThan(1.1);
  });

  test("a thread that has ended is not lost, but for what ticks cannot say", async () => {
    const before = usageOf(process.pid);
    const told = process.cpuUsage();
    const code =
      "const e = Date.now() + 10000; const s = process.cpuUsage(); while (process.cpuUsage(s).user < 6e5 && Date.now() < e);";
    await once(new Worker(code, { eval: true }), "exit");
    const { user, system } = process.cpuUsage(told);
    const after = usageOf(process.pid);
    const error = known(cpuMsBetween(before, after)) - (user + system) / 1000;
    // Two ticks either way, and what is used between one count and the other.
    expect(Math.abs(error)).toBeLessThan(30);
  });

  test("memory is what Node says, and the peak is no less", () => {
    const { residentBytes, peakBytes } = usageOf(process.pid);
    expect((residentBytes ?? 0) / process.memoryUsage.rss()).toBeCloseTo(1, 1);
    expect(peakBytes).toBeGreaterThanOrEqual(residentBytes ?? Number.POSITIVE_INFINITY);
  });
});

/** A /proc of one process and its child. */
function proc(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "wirelab-proc-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const stat = (ticks: number, childTicks = 0) =>
  `7 (a b) c) S 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 ${childTicks} 0 20 0 1 0 1 1 1`;
const status = "VmHWM:\t  300 kB\nVmRSS:\t  200 kB\n";

test("children count with their time, and leave memory open", () => {
  const folder = proc({
    "7/stat": stat(3, 2),
    "7/status": status,
    "7/task/7/schedstat": "4000000 1 1\n",
    "7/task/7/children": "8 ",
    "8/stat": stat(5),
    "8/status": status,
    "8/task/8/schedstat": "6000000 1 1\n",
    "8/task/8/children": "",
  });
  expect(usageOf(7, folder)).toEqual({
    threadsNs: new Map([
      [7, 4e6],
      [8, 6e6],
    ]),
    wholeMs: 100,
    processes: 2,
    residentBytes: null,
    peakBytes: null,
  });
});

test("ticks are all there is where the kernel counts no time of threads", () => {
  const usage = usageOf(7, proc({ "7/stat": stat(3), "7/status": status, "7/task/7/schedstat": "0 0 0\n" }));
  expect(usage).toMatchObject({ residentBytes: 204_800, peakBytes: 307_200 });
  expect(cpuMsBetween(usage, { ...usage, wholeMs: 530 })).toBe(500);
  expect(cpuMsBetween(usage, { ...usage, wholeMs: 70 })).toEqual({
    missing: "the system counts processor time in steps of 10 ms: its rounds have to be longer",
  });
});

test("ticks count in place of the sum over threads beyond rounding, whole, where they are many", () => {
  const usage = { wholeMs: 0, processes: 1, residentBytes: null, peakBytes: null };
  const before = { ...usage, threadsNs: new Map([[7, 1e6]]) };
  const after = (wholeMs: number) => ({ ...usage, wholeMs, threadsNs: new Map([[7, 4e6]]) });
  expect([0, 20, 400].map((wholeMs) => cpuMsBetween(before, after(wholeMs)))).toEqual([3, 3, 400]);
  expect(cpuMsBetween(before, after(390))).toEqual({
    missing: "threads ended, and the system counts those in steps of 10 ms: its rounds have to be longer",
  });
});

test("one that is known to be alone is read without a look at others", () => {
  const files = {
    "7/stat": stat(3),
    "7/status": status,
    "7/task/7/schedstat": "5000 0 0\n",
    "7/task/7/children": "",
  };
  expect(usageOf(7, proc(files), true)).toEqual(usageOf(7, proc(files)));
  const others = proc({ ...files, "7/task/7/children": "8 " });
  expect(usageOf(7, others, true)).toEqual(usageOf(7, proc(files)));
});

test("a process that is not there is said to be so", () => {
  expect(readProcessUsage(7, { proc: proc({}) })).toEqual({ missing: expect.stringMatching(/\/proc/) });
});
