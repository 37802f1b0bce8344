import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { compare } from "../analysis/compare.js";
import { summarise } from "../analysis/summarise.js";
import { type FaultyServers, startFaultyServers } from "../hosts/testing/faulty-servers.js";
import { openRun } from "../record/run.js";
import { measureNoise, measurePlantedDelay } from "./controls.js";
import { type MeasureOptions, measure } from "./measure.js";

let runsFolder: string;
let servers: FaultyServers | null = null;
beforeEach(() => {
  runsFolder = mkdtempSync(join(tmpdir(), "wirelab-measure-"));
});
afterEach(async () => {
  await servers?.close();
  servers = null;
  rmSync(runsFolder, { recursive: true, force: true });
});

const small = { pairs: 2, blocks: 3, warmupBlocks: 1, callsPerRound: 20, seed: 7 };
const run = (options: Partial<MeasureOptions>) =>
  measure({ arms: ["rest", "grpc"], ...small, runsFolder, ...options });

const at = (values: Float64Array, row: number) => values[row] as number;

/** Client and server processes that this one started and that still run. */
function processesLeft(): string[] {
  const table = execFileSync("ps", ["-eo", "ppid,args"], { encoding: "utf8" }).split("\n");
  return table.filter((line) => Number.parseInt(line, 10) === process.pid && line.includes("main.js"));
}

/** A REST server that answers every `nth` call with 503, and the others rightly. */
async function startFlakyRest(nth: number): Promise<{ restUrl: string; calls: () => number; close(): void }> {
  let calls = 0;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    if (request.url === "/healthz") return response.end('{"status":"ok"}');
    response.statusCode = ++calls % nth === 0 ? 503 : 200;
    response.end(JSON.stringify({ value: JSON.parse(body).value + 1 }));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return { restUrl: `http://127.0.0.1:${port}`, calls: () => calls, close: () => server.close() };
}

describe("measure", () => {
  it("records every call of every arm, and the run can be read again", async () => {
    const measured = await run({ arms: ["function", "rest-new-connection", "rest", "grpc", "grpc-stream"] });
    const again = await openRun(measured.folder as string);
    expect(again.info).toEqual(measured.info);
    expect(again.info.status).toBe("finished");
    const calls = await again.calls();
    expect(calls.length).toBe(2 * 4 * (1 + 4 * 20));
    expect(calls.ok.every((ok) => ok === 1)).toBe(true);
    const summaries = await summarise(again);
    expect(summaries.map(({ arm }) => arm)).toEqual(again.info.arms.map(({ name }) => name));
    expect(summaries.map(({ connections }) => connections)).toEqual([0, 2 * 4 * 20, 2, 2, 2]);
    for (const { arm, calls, warmupCalls } of summaries) {
      expect(calls + warmupCalls).toBe(2 * 4 * (arm === "function" ? 10_000 : 20));
    }
    const { ratio, scope } = await compare(again, { first: "rest", second: "grpc" });
    expect(ratio.low).toBeLessThanOrEqual(ratio.value);
    expect(ratio.high).toBeGreaterThanOrEqual(ratio.value);
    expect(scope).toBe("these processes only");
  });

  it("runs the rounds in the stored order, on one clock for all processes", async () => {
    const { info, calls } = await run({});
    const { armNames, arm, pair, block, startMs, length } = await calls();
    const seen = new Map<string, string[]>();
    for (let i = 0; i < length; i++) {
      const key = `${pair[i]}/${block[i]}`;
      const names = seen.get(key) ?? [];
      const name = armNames[arm[i] as number] as string;
      if (names.at(-1) !== name) names.push(name);
      seen.set(key, names);
      if (i > 0) expect(startMs[i]).toBeGreaterThan(startMs[i - 1] as number);
    }
    info.order.forEach((blocks, p) => {
      blocks.forEach((order, b) => {
        expect(seen.get(`${p}/${b}`)).toEqual(order);
      });
    });
  });

  it.each(["in-process", "worker"] as const)("runs with the server %s", async (host) => {
    const { info, calls } = await run({ host, pairs: 1 });
    expect([info.status, (await calls()).length]).toEqual(["finished", 2 * 4 * 20]);
  });

  it("calls a remote server, whose own count equals the record", async () => {
    servers = await startFaultyServers({ fault: "none" });
    const { calls } = await run({ host: "remote", remote: servers.endpoints, pairs: 2 });
    const { length } = await calls();
    expect(length).toBe(servers.rest.calls + servers.grpc.calls);
    expect([servers.rest.connections, servers.grpc.connections]).toEqual([2 + 2, 2 + 2]);
  });

  it("runs a closed load of several callers", async () => {
    const { info, calls } = await run({ arms: [{ name: "grpc-stream", callers: 4 }, "rest"], pairs: 1 });
    expect(info.arms.map(({ name, callers }) => [name, callers])).toEqual([
      ["grpc-stream", 4],
      ["rest", 1],
    ]);
    expect(new Set((await calls()).caller).size).toBe(4);
  });

  it("says what happened and keeps every finished call when the server goes away", async () => {
    servers = await startFaultyServers({ fault: "die", afterCalls: 30 });
    const failure = await run({ host: "remote", remote: servers.endpoints, arms: ["rest"] }).catch(
      (error) => error,
    );
    expect(failure).toMatchObject({ name: "WirelabError", code: "server-failed" });
    expect(failure.message).toMatch(/5 calls of rest in a row failed.*The 35 calls finished so far are in /s);
    const folder = /are in (\S+); /.exec(failure.message)?.[1] as string;
    const kept = await openRun(folder);
    expect(kept.info).toMatchObject({ status: "failed", reason: expect.stringContaining("in a row failed") });
    const { ok, length } = await kept.calls();
    expect([length, ok.reduce((sum, one) => sum + one, 0)]).toEqual([35, 30]);
  });

  it("primes with calls made at once, on connections of their own, marked as warm-up", async () => {
    servers = await startFaultyServers({ fault: "none" });
    const options = { host: "remote" as const, remote: servers.endpoints, arms: ["rest", "grpc-stream"] };
    const primed = await run({ ...options, pairs: 1, warmupBlocks: 3, primeCalls: 160 });
    const { block, warmup, length } = await primed.calls();
    const inBlock = (wanted: number) => block.filter((each) => each === wanted).length;
    expect([inBlock(0), inBlock(1), inBlock(2)]).toEqual([2 * 20, 2 * 160, 2 * 20]);
    for (let i = 0; i < length; i++) if ((block[i] ?? 0) < 2) expect(warmup[i]).toBe(1);
    expect([servers.rest.calls, servers.grpc.calls]).toEqual([160 + 5 * 20, 160 + 5 * 20]);
    expect([servers.rest.connections, servers.grpc.connections]).toEqual([16 + 1 + 1, 1 + 1 + 1]);
    const summaries = await summarise(primed);
    expect(summaries.map(({ connections }) => connections)).toEqual([17, 2]);
  });

  it("holds the first block short, but lets every caller open its connection in it", async () => {
    servers = await startFaultyServers({ fault: "none" });
    const arms = ["rest", { name: "crowd", arm: "rest", callers: 24 }];
    const options = { host: "remote" as const, remote: servers.endpoints, arms, callsPerRound: 50 };
    const held = await run({ ...options, pairs: 1, blocks: 1, warmupBlocks: 2, primeCalls: 100 });
    const { arm, armNames, block, connectionId, length } = await held.calls();
    const rows = (name: string, wanted: number) =>
      [...Array(length).keys()].filter((row) => armNames[arm[row] ?? -1] === name && block[row] === wanted);
    expect([rows("rest", 0).length, rows("crowd", 0).length]).toEqual([20, 24]);
    expect([rows("rest", 2).length, rows("crowd", 2).length]).toEqual([50, 50]);
    const opened = new Set(rows("crowd", 0).map((row) => connectionId[row]));
    expect(opened.size).toBe(24);
    for (const row of rows("crowd", 2)) expect(opened).toContain(connectionId[row]);
  });

  it("pauses before every call where it is asked to, but not while it primes", async () => {
    servers = await startFaultyServers({ fault: "none" });
    const options = { host: "remote" as const, remote: servers.endpoints, pairs: 1, primeCalls: 16 };
    const paused = await run({ ...options, blocks: 1, warmupBlocks: 2, callsPerRound: 5, pauseMs: 20 });
    expect(paused.info.pauseMs).toBe(20);
    const { startMs, durationMs, block, length } = await paused.calls();
    const measured = [...Array(length).keys()]
      .filter((row) => block[row] === 2)
      .sort((a, b) => at(startMs, a) - at(startMs, b));
    expect(measured).toHaveLength(10);
    for (const [place, row] of measured.slice(1).entries()) {
      const before = measured[place] as number;
      // A timer may fire up to a millisecond early.
      expect(at(startMs, row) - at(startMs, before) - at(durationMs, before)).toBeGreaterThan(18);
    }
    const primed = [...Array(length).keys()].filter((row) => block[row] === 1);
    const spanMs =
      Math.max(...primed.map((row) => at(startMs, row))) - Math.min(...primed.map((row) => at(startMs, row)));
    expect(primed).toHaveLength(32);
    expect(spanMs).toBeLessThan(31 * 18);
  });

  it("counts failed calls, warns of them, and repeats none", async () => {
    servers = await startFaultyServers({ fault: "none" });
    const flaky = await startFlakyRest(10);
    const remote = { ...servers.endpoints, restUrl: flaky.restUrl };
    const measured = await run({ host: "remote", remote, arms: ["rest"], pairs: 1 });
    flaky.close();
    expect(measured.info.status).toBe("finished");
    expect(measured.warnings).toContainEqual(
      expect.objectContaining({ code: "errors", message: expect.stringMatching(/^8 of 80 calls failed/) }),
    );
    const [rest] = await summarise(measured);
    expect(rest).toMatchObject({ failed: 8, errorRate: 0.1 });
    expect(flaky.calls()).toBe(80);
  });

  it("stops at an interrupt, keeps the calls so far, and leaves nothing running", async () => {
    const controller = new AbortController();
    const failure = await run({
      pairs: 50,
      signal: controller.signal,
      onProgress: ({ done }) => done === 6 && controller.abort(),
    }).catch((error) => error);
    expect(failure.code).toBe("interrupted");
    expect(failure.message).toMatch(/it was interrupted/);
    const kept = await openRun(/are in (\S+); /.exec(failure.message)?.[1] as string);
    expect(kept.info.status).toBe("interrupted");
    expect((await kept.calls()).length).toBeGreaterThanOrEqual(6 * 20);
    expect(processesLeft()).toEqual([]);
  });

  it("does not end because whoever watches it fails", async () => {
    const { info } = await run({
      pairs: 1,
      onProgress: () => {
        throw new Error("the display is gone");
      },
    });
    expect(info.status).toBe("finished");
  });

  it("compares nothing with nothing: two identical servers are arms A and B", async () => {
    const noise = await measureNoise({ ...small, runsFolder });
    expect(noise.info.arms.map(({ name, arm, server }) => [name, arm, server])).toEqual([
      ["A", "rest", 0],
      ["B", "rest", 1],
    ]);
  });

  it("sees a planted delay where it was planted, in a server of its own and in the same", async () => {
    for (const ownServer of [true, false]) {
      const planted = await measurePlantedDelay({ ...small, pairs: 1, runsFolder, delayUs: 3000, ownServer });
      const [a, b] = await summarise(planted);
      expect((b?.minMs ?? 0) - (a?.minMs ?? 0)).toBeGreaterThan(2.5);
    }
  });
});
