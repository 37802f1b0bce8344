import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { request as requestTls } from "node:https";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { credentials } from "@grpc/grpc-js";
import { expect, onTestFinished, test } from "vitest";
import { IncrementerClient } from "../contracts.js";
import type { EntryMessage } from "../entry-message.js";
import { answerOf } from "../testing/answer-of.js";

const built = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** The standalone server with two workers; `gone` resolves when none of its processes has standard error open any more. */
function spawnServers(...args: readonly string[]) {
  const child = spawn(process.execPath, [built, "--works", "increment", "--workers", "2", ...args], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  }) as ChildProcess;
  onTestFinished(() => void child.kill("SIGKILL"));
  const { stderr } = child;
  if (stderr === null) throw new Error("stderr is a pipe");
  let words = "";
  stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  const gone = Promise.all([once(child, "exit"), once(stderr, "close")]).then(([[code, signal]]) => ({
    code,
    signal,
    words,
  }));
  return { child, gone, message: once(child, "message") as Promise<[EntryMessage]> };
}

async function started(...args: readonly string[]) {
  const { message, ...servers } = spawnServers(...args);
  const [first] = await message;
  if (first.type !== "listening") throw new Error(JSON.stringify(first));
  return {
    ...servers,
    restUrl: first.restUrl ?? "",
    grpcAddress: first.grpcAddress ?? "",
    ca: first.tls?.ca,
  };
}

const anyPorts = ["--rest-port", "0", "--grpc-port", "0"];

async function occupyPort(): Promise<{ port: number; release(): Promise<unknown> }> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { port, release: () => new Promise((resolve) => server.close(resolve)) };
}

/** Increments 41 over a connection of its own; resolves with the answer and how long it took. */
async function restIncrement(restUrl: string, ca?: string) {
  const began = performance.now();
  const send = ca === undefined ? request : requestTls;
  const sent = send(`${restUrl}/increment`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    ...(ca === undefined ? { agent: new Agent() } : { agent: false, ca, servername: "localhost" }),
  });
  sent.end('{"value":41}');
  const [response] = await once(sent, "response");
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) text += chunk;
  return { text, ms: performance.now() - began };
}

async function grpcIncrement(grpcAddress: string, ca?: string) {
  const trust = ca === undefined ? credentials.createInsecure() : credentials.createSsl(Buffer.from(ca));
  const client = new IncrementerClient(grpcAddress, trust, {
    "grpc.enable_http_proxy": 0,
    "grpc.use_local_subchannel_pool": 1,
  });
  const began = performance.now();
  const answer = await answerOf((callback) => client.Increment({ value: 41 }, callback));
  client.close();
  return { answer, ms: performance.now() - began };
}

test("workers share the ports that were asked for, and all take the planted delay", async () => {
  const [rest, grpc] = await Promise.all([occupyPort(), occupyPort()]);
  await Promise.all([rest.release(), grpc.release()]);
  const { child, gone, restUrl, grpcAddress } = await started(
    ...["--rest-port", String(rest.port), "--grpc-port", String(grpc.port)],
  );
  expect([restUrl, grpcAddress]).toEqual([`http://127.0.0.1:${rest.port}`, `127.0.0.1:${grpc.port}`]);
  const delayMs = 30;
  const planted = once(child, "message");
  child.send({ type: "plant-delay", delayUs: delayMs * 1000 });
  expect(await planted).toEqual([{ type: "delay-planted" }, undefined]);
  // Connections go to the workers in turn.
  for (let connection = 0; connection < 4; connection++) {
    const overRest = await restIncrement(restUrl);
    expect(overRest.text).toBe('{"value":42}');
    expect(overRest.ms).toBeGreaterThanOrEqual(delayMs);
    const overGrpc = await grpcIncrement(grpcAddress);
    expect(overGrpc.answer).toMatchObject({ value: 42 });
    expect(overGrpc.ms).toBeGreaterThanOrEqual(delayMs);
  }
  child.disconnect();
  expect(await gone).toEqual({ code: 0, signal: null, words: "" });
});

test("workers show one certificate, so that who trusts one trusts all", async () => {
  const { child, gone, restUrl, grpcAddress, ca } = await started(...anyPorts, "--tls");
  for (let connection = 0; connection < 4; connection++) {
    expect((await restIncrement(restUrl, ca)).text).toBe('{"value":42}');
    expect((await grpcIncrement(grpcAddress, ca)).answer).toMatchObject({ value: 42 });
  }
  child.kill("SIGTERM");
  expect(await gone).toEqual({ code: 0, signal: null, words: "" });
});

test("Ctrl-C, which reaches all processes of a terminal at once, is no worker's death", async () => {
  const { child, gone } = await started(...anyPorts);
  process.kill(-(child.pid as number), "SIGINT");
  expect(await gone).toEqual({ code: 0, signal: null, words: "" });
});

test("a primary killed with -9 takes its workers along", async () => {
  const { child, gone } = await started(...anyPorts);
  child.kill("SIGKILL");
  expect(await gone).toEqual({ code: null, signal: "SIGKILL", words: "" });
});

test.skipIf(process.platform !== "linux")("a worker that ends is the server's end, and is said", async () => {
  const { child, gone } = await started(...anyPorts);
  const [worker] = await childrenOf(child.pid as number);
  process.kill(worker as number, "SIGKILL");
  expect(await gone).toEqual({
    code: 1,
    signal: null,
    words: "A worker of the server ended (killed by SIGKILL), and the server with it.\n",
  });
});

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.trim().split(" ").map(Number);
}

test.each([
  ["--rest-port", "--grpc-port"],
  ["--grpc-port", "--rest-port"],
])("a taken %s is named once, and no worker stays", async (which, other) => {
  const taken = await occupyPort();
  onTestFinished(async () => void (await taken.release()));
  const { message, gone } = spawnServers(which, String(taken.port), other, "0");
  expect(await message).toMatchObject([
    {
      type: "failed",
      code: "port-in-use",
      message: expect.stringContaining(`Port ${taken.port} on 127.0.0.1 is in use`),
    },
    undefined,
  ]);
  expect(await gone).toEqual({ code: 1, signal: null, words: "" });
});

test("what cannot be served is refused before a worker is started", async () => {
  const { message, gone } = spawnServers("--works", "subtract");
  expect(await message).toMatchObject([{ type: "failed", code: "wrong-option" }, undefined]);
  expect(await gone).toMatchObject({ code: 2 });
});
