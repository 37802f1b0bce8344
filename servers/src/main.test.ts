import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { EntryMessage } from "./entry-message.js";
import { connectionEnd } from "./testing/connection-end.js";

const built = fileURLToPath(new URL("../dist/main.js", import.meta.url));
const anyPorts = ["--rest-port", "0", "--grpc-port", "0"];

async function forked(args: readonly string[]): Promise<{ child: ChildProcess; message: EntryMessage }> {
  const child = fork(built, args, { execArgv: [], stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [message] = (await once(child, "message")) as [EntryMessage];
  return { child, message };
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  const [code, signal] = await once(child, "exit");
  return { code, signal };
}

test("tells its parent where it listens, and goes when the parent lets go", async () => {
  const { child, message } = await forked(anyPorts);
  if (message.type !== "listening") throw new Error(JSON.stringify(message));
  expect((await fetch(`${message.restUrl}/healthz`)).status).toBe(200);
  child.disconnect();
  expect(await endOf(child)).toEqual({ code: 0, signal: null });
});

test.each([
  ["rest", /^REST on \S+; Ctrl-C/],
  ["grpc", /^gRPC on \S+; Ctrl-C/],
])("serves %s alone when asked to", async (only, words) => {
  const args = [built, ...anyPorts, "--protocols", only];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(child.stdout.setEncoding("utf8"), "data");
  child.kill("SIGTERM");
  expect(line).toMatch(words);
  await endOf(child);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s closes both and is a success", async (signal) => {
  const child = spawn(process.execPath, [built, ...anyPorts], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  const [, restUrl = ""] = /^REST on (\S+), gRPC on \S+;/.exec(line) ?? [];
  const socket = connect(Number(new URL(restUrl).port), "127.0.0.1");
  await once(socket, "connect");
  child.kill(signal);
  const [end] = await Promise.all([endOf(child), connectionEnd(socket)]);
  expect(end).toEqual({ code: 0, signal: null });
});

test("tells its parent that a port is in use, and goes", async () => {
  const first = await forked(anyPorts);
  if (first.message.type !== "listening") throw new Error(JSON.stringify(first.message));
  const { port } = new URL(first.message.restUrl ?? "");
  const second = await forked(["--rest-port", port, "--grpc-port", "0"]);
  const end = endOf(second.child);
  expect(second.message).toMatchObject({ type: "failed", code: "port-in-use" });
  expect(second.message).toHaveProperty("message", expect.stringContaining(`Port ${port} `));
  expect((await end).code).toBe(1);
  first.child.disconnect();
  await endOf(first.child);
});

test.each([
  [["--rest-port", "x"], /--rest-port must be a whole number/],
  [["--rest-port", "65536"], /--rest-port must be a whole number from 0 to 65535/],
  [["--max-message", "3000000000"], /--max-message/],
  [["--grpc-window", "1000"], /--grpc-window must be a whole number from 65535/],
  [["--workers", "0"], /--workers must be a whole number from 1 to 256, not "0"/],
  [["--no-such-option"], /no-such-option/],
  [["stray"], /stray/],
  [["--protocols", "rest,soap"], /There is no protocol "soap"; choose from rest, grpc; usage/],
  [
    ["--works", "add,subtract"],
    /There is no work "subtract"; choose from increment, add, image, payload, factorial, classify; /,
  ],
])("%j is refused with one line and status 2", async (args, sentence) => {
  const child = spawn(process.execPath, [built, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  const [code] = await once(child, "close");
  expect(code).toBe(2);
  expect(words).toMatch(sentence);
  expect(words.trimEnd().split("\n")).toHaveLength(1);
});

test("obeys --max-message and runs in production", async () => {
  const { child, message } = await forked([...anyPorts, "--max-message", "100"]);
  if (message.type !== "listening") throw new Error(JSON.stringify(message));
  const body = `{"value":1}${" ".repeat(100)}`;
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${message.restUrl}/increment`, { method: "POST", headers, body });
  expect(response.status).toBe(413);
  child.disconnect();
  await endOf(child);
});
