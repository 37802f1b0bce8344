import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { summarise } from "../analysis/summarise.js";
import { startChild } from "../hosts/child.js";
import { startFaultyServers } from "../hosts/testing/faulty-servers.js";
import { portsOf } from "../hosts/testing/ports.js";
import type { Calls } from "../record/calls.js";
import { closedLoad, openLoad } from "../schedule/load-choice.js";
import { type MeasureOptions, measure } from "./measure.js";
import { failedRun } from "./testing/failed-run.js";

let runsFolder: string;
beforeEach(() => {
  runsFolder = mkdtempSync(join(tmpdir(), "wirelab-loads-"));
});
afterEach(() => rmSync(runsFolder, { recursive: true, force: true }));

const cold = { arms: ["rest"], pairs: 1, warmupBlocks: 0, seed: 7 };
const run = (options: Partial<MeasureOptions>) => measure({ ...cold, runsFolder, ...options });
const long = closedLoad({ users: 6, thinkMs: 10, runTimeMs: 600_000 });

const failing = (options: Partial<MeasureOptions>) => failedRun(run(options));

/** Processes that this one started and that still run. */
function children(script: string): number[] {
  const table = execFileSync("ps", ["-eo", "ppid,pid,args"], { encoding: "utf8" }).split("\n");
  return table
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([parent, , ...args]) => Number(parent) === process.pid && args.some((arg) => arg.endsWith(script)),
    )
    .map(([, pid]) => Number(pid));
}

/** Calls `then` when the load has told of so many seconds. */
function afterSeconds(count: number, then: () => void): NonNullable<MeasureOptions["onProgress"]> {
  let seconds = 0;
  return () => {
    if (++seconds === count) then();
  };
}

async function healthyServers() {
  const servers = await startFaultyServers({ fault: "none" });
  onTestFinished(() => servers.close());
  return servers;
}

const rows = (calls: Calls) => [...Array(calls.length).keys()];
const errorOf = ({ errorCodes, error }: Calls, row: number) => errorCodes[error[row] as number] as string;

describe("two client processes", () => {
  it.each([
    ["closed", closedLoad({ users: 5, thinkMs: 10, runTimeMs: 800 })],
    ["open", openLoad({ callsPerSecond: 150, runTimeMs: 800, users: 5, spacing: "poisson" })],
  ])("make a %s load together as one would, and as the server counted", async (kind, load) => {
    const servers = await healthyServers();
    const measured = await run({ host: "remote", remote: servers.endpoints, load, clients: 2 });
    const { index, caller, connectionId, length } = await measured.calls();
    expect(length).toBe(servers.rest.calls);
    expect(new Set(index).size).toBe(length);
    // The server's first connection asked for its health.
    const connections = servers.rest.connections - 1;
    expect(new Set(connectionId).size).toBe(connections);
    const [round] = measured.info.loadRounds;
    if (kind === "closed") {
      expect([...new Set(caller)].sort()).toEqual([0, 1, 2, 3, 4]);
      expect([round?.usersStarted, connections]).toEqual([5, 5]);
    } else {
      // Of calls that are due, none is missing.
      const due = length + (round?.notSent ?? Number.NaN);
      for (const each of index) expect(each).toBeLessThan(due);
    }
    expect(round?.seconds.length).toBeGreaterThan(0);
  });

  it("keep the calls of one when the other dies", async () => {
    const servers = await healthyServers();
    const kill = () => process.kill(children("client-main.js")[0] as number, "SIGKILL");
    const { failure, kept, calls } = await failing({
      ...{ host: "remote", remote: servers.endpoints, load: long, clients: 2 },
      onProgress: afterSeconds(2, kill),
    });
    expect(failure).toMatchObject({
      code: "client-failed",
      message: expect.stringMatching(/ended with SIGKILL/),
    });
    expect(kept.info.status).toBe("failed");
    const of = [0, 1].map((client) => [...calls.index].filter((index) => index % 2 === client));
    // Each call of the one that was left alone is there; the other may have kept its last quarter of a second.
    const whole = of.filter(
      (own) => Math.max(...own) === 2 * own.length - 1 || Math.max(...own) === 2 * own.length - 2,
    );
    expect(whole.length).toBeGreaterThanOrEqual(1);
    expect(calls.length).toBeGreaterThan(20);
    expect(children("client-main.js")).toEqual([]);
  });

  it("end after exactly so many calls together", async () => {
    const servers = await healthyServers();
    const options = { host: "remote" as const, remote: servers.endpoints, load: long, clients: 2 };
    const measured = await run({ ...options, stopAfter: { calls: 25 } });
    const { stopAfter, loadRounds } = measured.info;
    expect(stopAfter).toEqual({ calls: 25 });
    expect(loadRounds[0]?.overMs).toBeLessThan((loadRounds[0]?.endMs ?? 0) - (loadRounds[0]?.beginMs ?? 0));
    const [rest] = await summarise(measured);
    expect(rest?.callsPerSecond).toBeGreaterThan(5);
    expect([measured.info.status, (await measured.calls()).length, servers.rest.calls]).toEqual([
      "finished",
      25,
      25,
    ]);
  });

  it("need a user each", async () => {
    const load = closedLoad({ users: 1, runTimeMs: 100 });
    await expect(run({ load, clients: 2 })).rejects.toMatchObject({
      code: "usage",
      message: "2 client processes cannot share 1 users: take fewer processes, or more users.",
    });
  });
});

describe("a load of a server of the lab's own", () => {
  it("ends at once when the server dies, says so, and keeps the calls", async () => {
    const kill = () =>
      process.kill(children("main.js").filter((pid) => !clients().includes(pid))[0] as number, "SIGKILL");
    const clients = () => children("client-main.js");
    const { failure, kept, calls } = await failing({ load: long, onProgress: afterSeconds(2, kill) });
    expect(failure.code).toBe("server-failed");
    expect(failure.message).toMatch(
      /rest stopped after \d+\.\d of 600 s, because the server process ended\./,
    );
    expect(calls.ok.filter((ok) => ok === 1).length).toBeGreaterThan(20);
    expect(kept.info.loadRounds).toHaveLength(1);
    expect(children("main.js")).toEqual([]);
  });

  it("keeps everything when it is interrupted, and leaves nothing running", async () => {
    const controller = new AbortController();
    const { failure, kept, calls } = await failing({
      load: long,
      signal: controller.signal,
      onProgress: afterSeconds(2, () => controller.abort()),
    });
    expect([failure.code, kept.info.status]).toEqual(["interrupted", "interrupted"]);
    expect([...calls.index].sort((a, b) => a - b)).toEqual(rows(calls));
    const failed = rows(calls).filter((row) => calls.ok[row] === 0);
    expect(failed.every((row) => errorOf(calls, row) === "INTERRUPTED")).toBe(true);
    expect(kept.info.loadRounds[0]).toMatchObject({ usersStarted: 6 });
    expect(kept.info.loadRounds[0]?.overMs).toBeLessThan(600_000);
    expect(children("main.js")).toEqual([]);
  });

  it("tells the rate that it has while it goes on", async () => {
    const rates: number[] = [];
    const onProgress: MeasureOptions["onProgress"] = ({ done, callsPerSecond }) => {
      if (!Number.isInteger(done) && callsPerSecond !== undefined) rates.push(callsPerSecond);
    };
    await run({ host: "in-process", load: openLoad({ callsPerSecond: 40, runTimeMs: 3500 }), onProgress });
    expect(rates.length).toBeGreaterThan(0);
    for (const rate of rates) expect(Math.abs(rate - 40)).toBeLessThan(20);
  });

  it("runs where the server is in this process", async () => {
    const load = openLoad({ callsPerSecond: 50, runTimeMs: 400 });
    const measured = await run({ host: "in-process", load });
    const { length, ok } = await measured.calls();
    expect(length + (measured.info.loadRounds[0]?.notSent ?? Number.NaN)).toBe(20);
    expect(ok.every((one) => one === 1)).toBe(true);
  });
});

it("ends when so many calls have failed, and keeps them", async () => {
  const servers = await startFaultyServers({ fault: "error-status", afterCalls: 10 });
  onTestFinished(() => servers.close());
  const { failure, calls } = await failing({
    ...{ host: "remote", remote: servers.endpoints, load: long },
    stopAfter: { failures: 8 },
  });
  expect(failure.message).toMatch(/\d+ calls of rest failed, the last with HTTP_500/);
  expect(calls.ok.filter((ok) => ok === 0).length).toBeGreaterThanOrEqual(8);
  expect(calls.length).toBe(servers.rest.calls);
});

describe.each(["rest", "grpc", "grpc-own-connection"])(
  "a remote server that is killed and comes back, over %s",
  (arm) => {
    it("shows as errors of a kind in the seconds without it, and no user stays broken", async () => {
      const first = await startChild();
      onTestFinished(() => first.stop());
      const { restUrl, grpcAddress } = first.endpoints as { restUrl: string; grpcAddress: string };
      const [restPort, grpcPort] = portsOf({ restUrl, grpcAddress });
      const controller = new AbortController();
      let back = Infinity;
      let seconds = 0;
      const restart = async () => {
        process.kill(first.pids.rest as number, "SIGKILL");
        await first.died;
        const second = await startChild({ restPort, grpcPort });
        onTestFinished(() => second.stop());
        back = seconds;
      };
      const { kept, calls } = await failing({
        ...{
          host: "remote",
          remote: { restUrl, grpcAddress },
          arms: [arm],
          load: long,
          signal: controller.signal,
        },
        onProgress: () => {
          if (++seconds === 2) void restart();
          // grpc-js waits up to some seconds before it tries again.
          if (seconds === back + 6) controller.abort();
        },
      });
      expect(kept.info.status).toBe("interrupted");
      const own = rows(calls).filter((row) => errorOf(calls, row) !== "INTERRUPTED");
      const failed = own.filter((row) => calls.ok[row] === 0);
      expect(failed.length).toBeGreaterThan(0);
      for (const row of failed)
        expect(errorOf(calls, row)).toMatch(/ECONN|UND_ERR_SOCKET|UNAVAILABLE|CANCELLED|INTERNAL/);
      for (const user of new Set(calls.caller)) {
        const last = own.filter((row) => calls.caller[row] === user).at(-1) as number;
        expect([user, errorOf(calls, last)]).toEqual([user, ""]);
      }
      const secondOf = (row: number) => Math.floor((calls.startMs[row] as number) / 1000);
      const lastFailed = Math.max(...failed.map(secondOf));
      expect(own.some((row) => secondOf(row) < Math.min(...failed.map(secondOf)))).toBe(true);
      expect(own.some((row) => secondOf(row) > lastFailed)).toBe(true);
    }, 60_000);
  },
);
