import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer as createRestServer, type RequestListener } from "node:http";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { childEnvironment } from "../../hosts/child-environment.js";
import type { Endpoints } from "../../hosts/host.js";
import { requirePython } from "../../hosts/python/find.js";
import { pythonFolder } from "../../hosts/python/places.js";
import { startFaultyServers } from "../../hosts/testing/faulty-servers.js";
import { hasPython } from "../../hosts/testing/python.js";
import type { RoundPart } from "../../record/calls.js";
import { projectRoot } from "../../root.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { LocustClient } from "./locust-client.js";
import { workerArguments } from "./locust-command.js";
import { locustProcesses } from "./testing/locust-processes.js";
import { type LocustMaster, type LocustWorkers, workersElsewhere, workersHere } from "./workers.js";

const load = closedLoad({ users: 4, thinkMs: 20, runTimeMs: 1000 });
const originNs = process.hrtime.bigint().toString();
const nowMs = () => Number(process.hrtime.bigint() - BigInt(originNs)) / 1e6;
const never = new AbortController().signal;
const nowhere: Endpoints = { restUrl: "http://127.0.0.1:1", grpcAddress: "127.0.0.1:1" };

async function locust(
  arm: string,
  endpoints: Endpoints,
  { workers = workersHere(1), timeoutMs = 500 }: { workers?: LocustWorkers; timeoutMs?: number } = {},
): Promise<LocustClient> {
  const { python } = await requirePython();
  const common = { work: "increment", input: null, size: null, timeoutMs, failuresInARow: 3, originNs };
  const start = { ...common, arms: [{ name: "x", arm, callers: 1, endpoints }] };
  const client = new LocustClient({ python, processor: null, start, load, workers });
  onTestFinished(() => client.stop());
  return client;
}

const place = { arm: "x", pair: 0, block: 0 };
const codesOf = (parts: readonly RoundPart[]) =>
  parts.flatMap(({ columns, errorCodes }) => [...columns.error].map((error) => errorCodes[error]));

async function runLoad(client: LocustClient, runTimeMs: number, onPart: () => void = () => {}) {
  const parts: RoundPart[] = [];
  const limits = { mostCalls: null, mostFailures: null };
  const request = { ...place, ...limits, load: { ...load, runTimeMs }, beginMs: nowMs() + 100, seed: 1 };
  const keep = (part: RoundPart) => {
    parts.push(part);
    onPart();
  };
  const report = await client.run(request, keep, never);
  return { report, calls: codesOf(parts).length };
}

/** What becomes of calls of a REST server that answers so. */
async function codesOfCalls(answer: RequestListener) {
  const server = createRestServer(answer);
  await once(server.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as { port: number };
  const client = await locust("locust-http", { ...nowhere, restUrl: `http://127.0.0.1:${port}` });
  const parts: RoundPart[] = [];
  await client.run({ ...place, calls: 10 }, (part) => parts.push(part), never);
  return codesOf(parts);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** Runs a shell command of a worker's machine, until the test is over. */
function runByHand(command: string): void {
  const child = spawn("sh", ["-c", `exec env ${command}`], {
    cwd: projectRoot,
    // No call may leave through the proxy of whoever joins.
    env: { ...childEnvironment(), http_proxy: "http://127.0.0.1:9" },
    stdio: "ignore",
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
}

describe.skipIf(!(await hasPython()))("Locust as a client", () => {
  it.each([
    ["locust-http", "hang", "TIMEOUT"],
    ["locust-http", "reset", "ECONNRESET"],
    ["locust-http", "garbage", "BAD_BODY"],
    ["locust-http", "wrong-number", "WRONG_ANSWER"],
    ["locust-grpc", "hang", "TIMEOUT"],
    ["locust-grpc-blocking", "error-status", "INTERNAL"],
  ] as const)("by %s calls what fails with %s %s", async (arm, fault, code) => {
    const servers = await startFaultyServers({ fault, afterCalls: 2 });
    onTestFinished(() => servers.close());
    const client = await locust(arm, servers.endpoints);
    const parts: RoundPart[] = [];
    const report = await client.run({ ...place, calls: 10 }, (part) => parts.push(part), never);
    expect(codesOf(parts)).toEqual(["", "", code, code, code]);
    const reason = `3 calls of x in a row failed, the last with ${code}`;
    expect(report).toEqual({ end: { status: "gave-up", reason }, load: null, wire: null });
  });

  it.each([
    ["locust-http", "ECONNREFUSED"],
    ["locust-grpc", "UNAVAILABLE"],
  ])("by %s calls a server that is not there %s", async (arm, code) => {
    const client = await locust(arm, nowhere);
    const parts: RoundPart[] = [];
    await client.run({ ...place, calls: 10 }, (part) => parts.push(part), never);
    expect(codesOf(parts)).toEqual([code, code, code]);
  });

  it("by locust-http gives up a call whose answer drips in for longer than a call may take", async () => {
    const codes = await codesOfCalls((_request, response) => {
      response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
      const dripping = setInterval(() => response.write(" "), 50);
      response.once("close", () => clearInterval(dripping));
    });
    expect(codes).toEqual(["TIMEOUT", "TIMEOUT", "TIMEOUT"]);
  });

  it("by locust-http takes no answer for right that is neither one nor an error of HTTP's", async () => {
    const codes = await codesOfCalls((_request, response) => response.writeHead(304).end());
    expect(codes).toEqual(["BAD_BODY", "BAD_BODY", "BAD_BODY"]);
  });

  it("is made by workers that join by hand, who leave when it is over", async () => {
    const servers = await startFaultyServers({ fault: "none" });
    onTestFinished(() => servers.close());
    const master: LocustMaster = { host: "127.0.0.1", port: await freePort(), onWaiting: runByHand };
    const client = await locust("locust-grpc", servers.endpoints, {
      workers: workersElsewhere(1, ["locust-grpc"], master),
    });
    await client.openUsers({ arm: "x", users: 4 });
    expect(locustProcesses("--worker")).toHaveLength(1);
    const { report, calls } = await runLoad(client, 1000);
    expect(report).toMatchObject({ end: { status: "finished" }, load: { usersStarted: 4, overMs: 1000 } });
    expect(calls).toBe(servers.grpc.calls);
    await vi.waitFor(() => expect(locustProcesses("--worker")).toEqual([]), 10_000);
  });

  it("ends when a worker that joined by hand is lost, and says so", async () => {
    const servers = await startFaultyServers({ fault: "none" });
    onTestFinished(() => servers.close());
    const both = (command: string) => {
      runByHand(command);
      runByHand(command);
    };
    const master = { host: "127.0.0.1", port: await freePort(), onWaiting: both };
    const client = await locust("locust-http", servers.endpoints, {
      workers: workersElsewhere(2, ["locust-http"], master),
    });
    await client.openUsers({ arm: "x", users: 4 });
    const kill = () => {
      const [first, second] = locustProcesses("--worker");
      if (second !== undefined) process.kill(first as number, "SIGKILL");
    };
    await expect(runLoad(client, 60_000, kill)).rejects.toMatchObject({
      code: "client-failed",
      message: expect.stringMatching(/a Locust worker of .+ was lost/),
    });
    await vi.waitFor(() => expect(locustProcesses("--worker")).toEqual([]), 10_000);
  });

  it.each([
    [
      "of another version",
      '"Locust": "2.46.0"',
      /worker of odd has 2\.46\.0 of Locust and its master 2\.\d+\.\d+: run there the command that the lab prints/,
    ],
    [
      "with users of another arm",
      '"the users": "grpc_user.py"',
      /has grpc_user\.py of the users and its master rest_user\.py/,
    ],
    [
      "whose clock is behind",
      '"at": time.time() - 20',
      /worker of odd is 20\.\d s behind that of its master, and calls are told by it: set both by NTP/,
    ],
    ["whose clock is ahead", '"at": time.time() + 20', /is (19\.\d|20\.0) s ahead of that of its master/],
  ])("takes no worker %s", async (_name, oddity, sentence) => {
    const { python } = await requirePython();
    const port = await freePort();
    const script = `
import sys
sys.path[:0] = ["servers/python", "servers/python/locust"]
from lab import introduction
from locust.rpc import Message, rpc
import time
client = rpc.Client("127.0.0.1", ${port}, "odd_1")
client.send(Message("client_ready", introduction("")["Locust"], "odd_1"))
client.recv()
client.send(Message("joined", {**introduction("rest_user.py"), ${oddity}}, "odd_1"))
time.sleep(600)`;
    const onWaiting = () => runByHand(`'${python}' -c '${script}'`);
    const workers = workersElsewhere(1, ["locust-http"], { host: "127.0.0.1", port, onWaiting });
    const client = await locust("locust-http", nowhere, { workers });
    await expect(client.openUsers({ arm: "x", users: 4 })).rejects.toMatchObject({
      code: "client-failed",
      message: expect.stringMatching(sentence),
    });
  });

  it("waits for workers as long as it was told, or until it is interrupted", async () => {
    const port = await freePort();
    const onWaiting = () => {};
    const patient = { host: "127.0.0.1", port, onWaiting, joinWithinMs: 1000 };
    const client = await locust("locust-http", nowhere, {
      workers: workersElsewhere(2, ["locust-http"], patient),
    });
    await expect(client.openUsers({ arm: "x", users: 4 })).rejects.toThrow(
      /Of 2 Locust workers 0 joined 127\.0\.0\.1:\d+ within 1 s/,
    );
    const signal = AbortSignal.abort();
    const workers = workersElsewhere(2, ["locust-http"], {
      ...{ host: "127.0.0.1", port, onWaiting, signal },
    });
    const other = await locust("locust-http", nowhere, { workers });
    await expect(other.openUsers({ arm: "x", users: 4 })).rejects.toMatchObject({ code: "interrupted" });
  });

  it("says which port is taken", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => {
      server.close();
    });
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const workers = workersElsewhere(1, ["locust-http"], { host: "127.0.0.1", port, onWaiting: () => {} });
    const client = await locust("locust-http", nowhere, { workers });
    await expect(client.openUsers({ arm: "x", users: 4 })).rejects.toMatchObject({
      code: "port-in-use",
      message: `Port ${port} of 127.0.0.1 is taken, so Locust's master cannot listen there: end what uses it, or choose another.`,
    });
  });

  it("says which address is none of this machine", async () => {
    // One that is reserved for documentation.
    const master = { host: "203.0.113.1", port: await freePort(), onWaiting: () => {} };
    const client = await locust("locust-http", nowhere, {
      workers: workersElsewhere(1, ["locust-http"], master),
    });
    await expect(client.openUsers({ arm: "x", users: 4 })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringContaining("203.0.113.1 is no address of this machine"),
    });
  });

  it("ends a worker that waits for its master with whoever started it", async () => {
    const { python } = await requirePython();
    const args = workerArguments("locust-http", { host: "127.0.0.1", port: await freePort() });
    const worker = spawn(python, args, {
      cwd: pythonFolder,
      env: childEnvironment(),
      stdio: ["pipe", "ignore", "ignore"],
    });
    onTestFinished(() => void worker.kill("SIGKILL"));
    worker.stdin?.end();
    expect(await once(worker, "exit")).toEqual([0, null]);
  });

  it("ends with whoever started it, however that ends", async () => {
    const module = (path: string) =>
      fileURLToPath(new URL(`../../../dist/experiment/locust/${path}`, import.meta.url));
    const { python } = await requirePython();
    const script = `
      import { LocustClient } from ${JSON.stringify(module("locust-client.js"))};
      import { workersHere } from ${JSON.stringify(module("workers.js"))};
      const start = ${JSON.stringify({ work: "increment", input: null, size: null, timeoutMs: 500, failuresInARow: 3, originNs })};
      const arms = [{ name: "x", arm: "locust-grpc-blocking", callers: 1, endpoints: ${JSON.stringify(nowhere)} }];
      const load = ${JSON.stringify(load)};
      const client = new LocustClient({ python: ${JSON.stringify(python)}, processor: null, start: { ...start, arms }, load, workers: workersHere(2) });
      await client.openUsers({ arm: "x", users: 4 });
      console.log(client.pids.length);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [said] = (await once(parent.stdout, "data")) as [Buffer];
    expect(said.toString().trim()).toBe("3");
    const pids = locustProcesses("", parent.pid);
    expect(pids).toHaveLength(3);
    parent.kill("SIGKILL");
    const isThere = (pid: number) => {
      try {
        return process.kill(pid, 0);
      } catch {
        return false;
      }
    };
    await vi.waitFor(() => expect(pids.filter(isThere)).toEqual([]), 10_000);
  });
});
