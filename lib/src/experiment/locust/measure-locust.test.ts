import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { startFaultyServers } from "../../hosts/testing/faulty-servers.js";
import { hasPython } from "../../hosts/testing/python.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { type MeasureOptions, measure } from "../measure.js";
import { failedRun } from "../testing/failed-run.js";
import { locustProcesses } from "./testing/locust-processes.js";

let runsFolder: string;
beforeEach(() => {
  runsFolder = mkdtempSync(join(tmpdir(), "wirelab-locust-"));
});
afterEach(() => {
  rmSync(runsFolder, { recursive: true, force: true });
  expect(locustProcesses()).toEqual([]);
});

const http = [{ name: "rest", arm: "locust-http" }];
const short = closedLoad({ users: 6, spawnPerSecond: 10, thinkMs: [10, 40], runTimeMs: 1500 });
const long = closedLoad({ users: 6, thinkMs: 20, runTimeMs: 600_000 });

async function servers(options: Parameters<typeof startFaultyServers>[0] = { fault: "none" }) {
  const started = await startFaultyServers(options);
  onTestFinished(() => started.close());
  return started;
}

async function run(options: Partial<MeasureOptions>) {
  return measure({ arms: http, pairs: 1, warmupBlocks: 0, seed: 7, runsFolder, ...options });
}

const failing = (options: Partial<MeasureOptions>) => failedRun(run(options));

/** Calls `then` when the load has told of so many seconds. */
function afterSeconds(count: number, then: () => void): NonNullable<MeasureOptions["onProgress"]> {
  let seconds = 0;
  return () => {
    if (++seconds === count) then();
  };
}

describe.skipIf(!(await hasPython()))("Locust", () => {
  it("records every call that the server has counted, when it began, and what it used", async () => {
    const { endpoints, rest: seen } = await servers();
    const measured = await run({ host: "remote", remote: endpoints, load: short });
    const calls = await measured.calls();
    expect(calls.length).toBe(seen.calls);
    expect(calls.length).toBeGreaterThan(50);
    expect(calls.ok.every((ok) => ok === 1)).toBe(true);
    expect([...new Set(calls.caller)].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...calls.index].sort((a, b) => a - b)).toEqual([...Array(calls.length).keys()]);
    const [round] = measured.info.loadRounds;
    expect(round).toMatchObject({ usersStarted: 6, overMs: 1500, notSent: 0 });
    for (const [row, startMs] of calls.startMs.entries()) {
      expect(startMs).toBeGreaterThanOrEqual((calls.intendedMs[row] as number) - 1);
      expect(startMs).toBeGreaterThanOrEqual(round?.beginMs ?? Number.NaN);
      expect(startMs + (calls.durationMs[row] as number)).toBeLessThan(round?.endMs ?? Number.NaN);
    }
    expect(round?.seconds.at(-1)?.clientCpuMs).toBeGreaterThan(0);
    // The server is this process, and no run reads its own.
    expect(measured.info.warnings.map(({ code }) => code)).not.toContain("impossible-use");
  });

  it("does so as a master with two workers, over gRPC", async () => {
    const { endpoints, grpc: seen } = await servers();
    const arms = [{ name: "grpc", arm: "locust-grpc" }];
    const measured = await run({ arms, host: "remote", remote: endpoints, load: short, clients: 2 });
    const calls = await measured.calls();
    expect([calls.length, new Set(calls.index).size]).toEqual([seen.calls, seen.calls]);
    expect([...new Set(calls.caller)].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    // Connections: one a worker.
    expect(seen.connections).toBeLessThanOrEqual(3);
    expect(measured.info.loadRounds[0]).toMatchObject({ usersStarted: 6, overMs: 1500 });
    const order = new Map<number, number>();
    for (const [row, caller] of calls.caller.entries()) {
      const startMs = calls.startMs[row] as number;
      expect(startMs).toBeGreaterThanOrEqual(order.get(caller) ?? 0);
      order.set(caller, startMs + (calls.durationMs[row] as number));
    }
  });

  it.each([25, 1])("warms up by so many calls, and stops after %i of two workers", async (most) => {
    const { endpoints, rest: seen } = await servers();
    const options = { host: "remote" as const, remote: endpoints, load: long, clients: 2 };
    const measured = await run({ ...options, warmupBlocks: 2, primeCalls: 50, stopAfter: { calls: most } });
    const { block, length } = await measured.calls();
    const of = [0, 1, 2].map((one) => [...block].filter((each) => each === one).length);
    expect([of, length]).toEqual([[20, 50, most], seen.calls]);
    const overMs = measured.info.loadRounds[0]?.overMs;
    expect(overMs).toBeGreaterThan(0);
    expect(overMs).toBeLessThan(60_000);
  });

  it("is caught by Little's law where a user's call blocks the others, and not where it does not", async () => {
    const arms = [
      { name: "post 001", arm: "locust-grpc-blocking", plantedDelayUs: 5000 },
      { name: "corrected", arm: "locust-grpc", plantedDelayUs: 5000 },
    ];
    // Locust starts all of them at once here: of users who begin evenly there would be a sixth less.
    const load = closedLoad({ users: 100, spawnPerSecond: 100, runTimeMs: 3000 });
    const measured = await run({ arms, load });
    const caught = measured.info.warnings.filter(({ code }) => code === "little");
    expect(caught.map(({ message }) => message)).toEqual([expect.stringContaining("for post 001")]);
    expect(caught[0]?.message).toMatch(/fill the time of (0\.\d+|1) users; \d/);
  });

  it("gives up when so many calls have failed, with codes as the lab's own", async () => {
    const { endpoints } = await servers({ fault: "error-status", afterCalls: 10 });
    const { failure, calls } = await failing({
      ...{ host: "remote", remote: endpoints, load: long },
      stopAfter: { failures: 8 },
    });
    expect(failure.message).toMatch(/8 calls of rest failed, the last with HTTP_500/);
    const codes = [...calls.error].map((error) => calls.errorCodes[error]);
    expect(codes.filter((code) => code === "HTTP_500").length).toBeGreaterThanOrEqual(8);
    expect(codes.filter((code) => code === "")).toHaveLength(10);
  });

  it.each([
    ["locust-http", 2],
    ["locust-grpc", 1],
  ])("by %s in %i keeps its calls when it is interrupted, those under way included", async (arm, clients) => {
    const { endpoints, rest, grpc } = await servers({ fault: "hang", afterCalls: 40 });
    const seen = arm === "locust-http" ? rest : grpc;
    const controller = new AbortController();
    const { failure, kept, calls } = await failing({
      ...{ host: "remote", remote: endpoints, load: long, clients, timeoutMs: 60_000 },
      arms: [{ name: "arm", arm }],
      signal: controller.signal,
      onProgress: afterSeconds(2, () => controller.abort()),
    });
    expect([failure.code, kept.info.status]).toEqual(["interrupted", "interrupted"]);
    expect(calls.length).toBe(seen.calls);
    const interrupted = [...calls.error].filter((error) => calls.errorCodes[error] === "INTERRUPTED");
    expect(interrupted).toHaveLength(6);
  });

  it("keeps what it was told when a worker is killed, and says so", async () => {
    const { endpoints } = await servers();
    const kill = () => process.kill(locustProcesses("--worker")[0] as number, "SIGKILL");
    const { failure, kept, calls } = await failing({
      ...{ host: "remote", remote: endpoints, load: long, clients: 2 },
      onProgress: afterSeconds(2, kill),
    });
    expect(failure).toMatchObject({
      code: "client-failed",
      message: expect.stringMatching(/worker [12] of 2 of Locust ended with SIGKILL/),
    });
    const told = Number(/The ([\d,]+) calls finished so far/.exec(failure.message)?.[1]?.replace(",", ""));
    expect(told).toBe(calls.length);
    expect(kept.info.loadRounds).toMatchObject([{ overMs: null, usersStarted: 6 }]);
    expect(kept.info.status).toBe("failed");
    expect(calls.length).toBeGreaterThan(50);
    expect(new Set([...calls.caller].map((caller) => caller % 2)).size).toBe(2);
  });
});
