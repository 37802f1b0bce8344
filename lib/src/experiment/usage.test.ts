import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { mean } from "simple-statistics";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { compare } from "../analysis/compare.js";
import { summarise } from "../analysis/summarise.js";
import { type FaultyServers, startFaultyServers } from "../hosts/testing/faulty-servers.js";
import { openRun } from "../record/run.js";
import { type MeasureOptions, measure } from "./measure.js";
import { makePlan, type Plan } from "./plan/plan.js";
import { type PairServer, remotePids, startServers, stopServers } from "./servers.js";
import { usageOfRound } from "./usage.js";

/**
 * A REST server of the increment work that uses 3 ms of processor time for a call, and 9 where the client asks for a new
 * connection; busy by its own processor time, so that a busy machine changes nothing. It tells what it burnt, a call.
 */
const busyServer = `
const burn = (ms) => {
  const before = process.cpuUsage();
  for (;;) {
    const { user, system } = process.cpuUsage(before);
    const used = (user + system) / 1000;
    if (used >= ms) return used;
  }
};
const burnt = { 3: [], 9: [] };
const server = require("node:http").createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  if (request.url === "/healthz") return response.end("{}");
  if (request.url === "/burnt") return response.end(JSON.stringify(burnt));
  const ms = request.headers.connection === "close" ? 9 : 3;
  burnt[ms].push(burn(ms));
  response.end(JSON.stringify({ value: JSON.parse(body).value + 1 }));
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

let runsFolder: string;
let busy: ChildProcess;
let servers: FaultyServers;
let restUrl: string;
beforeAll(async () => {
  runsFolder = mkdtempSync(join(tmpdir(), "wirelab-usage-"));
  busy = spawn(process.execPath, ["-e", busyServer], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(createInterface({ input: busy.stdout as NodeJS.ReadableStream }), "line");
  restUrl = `http://127.0.0.1:${port}`;
  servers = await startFaultyServers({ fault: "none" });
});
afterAll(async () => {
  busy.kill();
  await servers.close();
  rmSync(runsFolder, { recursive: true });
});

const small = { pairs: 1, blocks: 3, warmupBlocks: 1, callsPerRound: 20, seed: 7 };
const run = (options: Partial<MeasureOptions>) =>
  measure({ arms: ["rest", "grpc"], ...small, runsFolder, ...options });

describe.skipIf(process.platform !== "linux")("what the server of an arm uses", () => {
  it("is what the server says it used, for each arm that calls it", async () => {
    const remote = { ...servers.endpoints, restUrl };
    const arms = ["rest", "rest-new-connection"];
    const measured = await run({ host: "remote", remote, arms });
    const [kept, fresh] = (await summarise(measured)).map(({ server }) => server.cpuMsPerCall ?? 0) as [
      number,
      number,
    ];
    const told = z
      .record(z.string(), z.array(z.number()))
      .parse(await (await fetch(`${restUrl}/burnt`)).json());
    const [keptTold, freshTold] = [mean(told[3] ?? []), mean(told[9] ?? [])];
    // What node:http takes besides is in both, so it is not in their difference.
    expect((fresh - kept) / (freshTold - keptTold)).toBeGreaterThan(0.8);
    expect((fresh - kept) / (freshTold - keptTold)).toBeLessThan(1.2);
    expect(kept).toBeGreaterThanOrEqual(3 * 0.99);
    const { ratio } = await compare(measured, {
      first: "rest-new-connection",
      second: "rest",
      metric: "cpu",
    });
    expect(ratio.value / (fresh / kept)).toBeCloseTo(1, 1);
  });

  it("is not another program's, though the server was not started here", async () => {
    const remote = { ...servers.endpoints, restUrl };
    const pidsOf = async (plan: Plan) => {
      const started = new Map<number, PairServer>();
      onTestFinished(() => stopServers(started));
      await startServers(plan, started, { processor: null, pair: 0 });
      return remotePids(started);
    };
    expect(await pidsOf(makePlan({ arms: ["rest"], host: "remote", remote }))).toContain(busy.pid);
    expect(await pidsOf(makePlan({ arms: ["rest"] }))).toEqual([]);
  });

  it("is kept a round each, of every protocol, and comes back with the run", async () => {
    const { folder, info } = await run({ arms: ["function", "rest", "grpc"], pairs: 2 });
    const again = await openRun(folder as string);
    expect(again.info.usage).toEqual(info.usage);
    expect(info.usageMissing).toBeNull();
    expect(info.usage.map(({ arm, pair, block }) => [arm, pair, block])).toEqual(
      info.order.flatMap((blocks, pair) =>
        blocks.flatMap((names, block) =>
          names.filter((name) => name !== "function").map((name) => [name, pair, block]),
        ),
      ),
    );
    for (const { calls, cpuMs, residentBytes, peakBytes } of info.usage) {
      expect(calls).toBe(20);
      expect(cpuMs).toBeGreaterThan(0);
      expect(peakBytes ?? 0).toBeGreaterThanOrEqual(residentBytes as number);
    }
    const [plain] = await summarise(again);
    expect(plain?.server).toMatchObject({ cpuMsPerCall: null, missing: { cpu: "it calls no server" } });
  });

  it("is memory too where each arm has a server of its own", async () => {
    const arms = [{ name: "rest" }, { name: "grpc", server: 1 }];
    const measured = await run({ arms, pairs: 2 });
    expect(measured.info.servers).toEqual([
      { server: 0, program: "node", protocols: ["rest"], workers: 1, tls: false },
      { server: 1, program: "node", protocols: ["grpc"], workers: 1, tls: false },
    ]);
    for (const { server } of await summarise(measured)) expect(server.memory?.peakBytes).toBeGreaterThan(2e7);
    const { ratio, blocks } = await compare(measured, { first: "rest", second: "grpc", metric: "memory" });
    expect(blocks).toBe(2);
    expect(ratio.value).toBeGreaterThan(0.5);
    expect(ratio.value).toBeLessThan(2);
  });
});

it("is not known where the server shares the client's process, and the run says so", async () => {
  const { info } = await run({ host: "in-process" });
  expect(info.usageMissing).toBe("the server shares the client's process");
  for (const { cpuMs, clientCpuMs } of info.usage) expect([cpuMs, clientCpuMs]).toEqual([null, null]);
});

it("is the client's alone where the server cannot be seen", async () => {
  const { info } = await run({ arms: ["grpc"], host: "remote", remote: servers.endpoints });
  expect(info.usageMissing).toBe("the server shares the process that drives the measurement");
  expect(info.usage.length).toBeGreaterThan(0);
  for (const { cpuMs, clientCpuMs } of info.usage) {
    expect(cpuMs).toBeNull();
    expect(clientCpuMs).toBeGreaterThan(0);
  }
});

it("is no sum of clients where one of them is not known, and says why", () => {
  const reading = (wholeMs: number, threadMs: number) => ({
    wholeMs,
    threadsNs: new Map([[7, threadMs * 1e6]]),
    processes: 1,
    residentBytes: 1000,
    peakBytes: null,
  });
  const server = reading(0, 0);
  const place = { arm: "rest", pair: 0, block: 2, calls: 10 };
  const used = (...after: ReturnType<typeof reading>[]) =>
    usageOfRound(place, { server, clients: after.map(() => reading(100, 100)) }, { server, clients: after });
  expect(used(reading(130, 131), reading(140, 140))).toMatchObject({
    usage: { clientCpuMs: 71 },
    clientsMissing: null,
  });
  expect(used(reading(130, 131), reading(190, 140))).toMatchObject({
    usage: { clientCpuMs: null },
    clientsMissing: expect.stringMatching(/^threads ended.* rounds have to be longer$/),
  });
  expect(used()).toMatchObject({ usage: { clientCpuMs: null }, clientsMissing: null });
});

it("reaches a rate that Little's law ties to its callers, and no lower one than from first start to last end", async () => {
  const measured = await run({ arms: [{ name: "rest", callers: 4 }], callsPerRound: 80 });
  const [rest] = await summarise(measured);
  const { block, warmup, startMs, durationMs, length } = await measured.calls();
  const rows = [...Array(length).keys()].filter((row) => warmup[row] === 0);
  const seconds = [...new Set(rows.map((row) => block[row]))].map((wanted) => {
    const inBlock = rows.filter((row) => block[row] === wanted);
    const start = Math.min(...inBlock.map((row) => startMs[row] as number));
    const end = Math.max(...inBlock.map((row) => (startMs[row] as number) + (durationMs[row] as number)));
    return (end - start) / 1000;
  });
  const slowest = rows.length / seconds.reduce((total, one) => total + one, 0);
  const { callsPerSecond = 0, peakCallsPerSecond = 0, meanMs = 0 } = rest ?? {};
  expect(callsPerSecond).toBeGreaterThanOrEqual(slowest);
  expect(peakCallsPerSecond).toBeGreaterThanOrEqual(callsPerSecond);
  const underWay = (callsPerSecond * meanMs) / 1000;
  expect(underWay).toBeGreaterThan(2);
  expect(underWay).toBeLessThan(4.2);
});
