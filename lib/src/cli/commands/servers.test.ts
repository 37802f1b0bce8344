import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentials } from "@grpc/grpc-js";
import { IncrementerClient } from "@wirelab/servers/dist/contracts.js";
import { expect, onTestFinished, test, vi } from "vitest";
import { connectRemote } from "../../hosts/remote.js";
import { cli, startCli } from "../testing/cli.js";

async function started(...args: string[]) {
  const running = startCli(["servers", "--rest-port", "0", "--grpc-port", "0", ...args]);
  const text = await running.seen("stdout", /Ctrl-C ends both/);
  const restUrl = /^REST +(\S+)$/m.exec(text)?.[1] ?? "";
  const grpcAddress = /^gRPC +(\S+)$/m.exec(text)?.[1] ?? "";
  return { running, text, restUrl, grpcAddress };
}

function increment(url: string, body: string): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${url}/increment`, { method: "POST", headers, body });
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "answers both protocols until %s, and frees the ports",
  async (signal) => {
    const { running, text, restUrl, grpcAddress } = await started();
    expect(text).toContain(`curl -s ${restUrl}/increment`);
    expect(text).toContain(`grpcurl -plaintext -d '{"id": 1, "value": 41}' ${grpcAddress}`);
    expect(await (await increment(restUrl, '{"value": 41}')).json()).toEqual({ value: 42 });
    const client = new IncrementerClient(grpcAddress, credentials.createInsecure());
    onTestFinished(() => client.close());
    const answer = await new Promise((resolve, reject) => {
      client.Increment({ id: 1, value: 41 }, (error, message) => (error ? reject(error) : resolve(message)));
    });
    expect(answer).toEqual({ id: 1, value: 42 });
    running.child.kill(signal);
    expect(await running.ended).toMatchObject({ exitCode: 0, stderr: "" });
    await expect(increment(restUrl, "{}")).rejects.toThrow();
  },
);

test("a bad request gets a sentence and no stack trace", async () => {
  const { restUrl } = await started();
  const response = await increment(restUrl, "{");
  expect(response.status).toBe(400);
  expect(await response.text()).not.toMatch(/\bat .*\.js/);
});

test("--max-message is obeyed", async () => {
  const { restUrl } = await started("--max-message", "100");
  expect((await increment(restUrl, `{"value":1}${" ".repeat(100)}`)).status).toBe(413);
});

test.each([
  ["SIGINT", 0],
  ["SIGKILL", null],
] as const)("--workers share the ports, and go with the command at %s", async (signal, exitCode) => {
  const { running, restUrl } = await started("--workers", "2");
  for (let connection = 0; connection < 2; connection++) {
    expect(await (await increment(restUrl, '{"value": 41}')).json()).toEqual({ value: 42 });
  }
  // The command, what hands connections out, and two workers.
  if (process.platform === "linux") expect(running.left()).toHaveLength(4);
  running.child.kill(signal);
  expect((await running.ended).exitCode).toBe(exitCode);
  await vi.waitFor(() => expect(running.left()).toEqual([]), { timeout: 20_000 });
});

test.skipIf(process.platform !== "linux")("a worker's death ends the command with a sentence", async () => {
  const { running } = await started("--workers", "2");
  process.kill(Math.max(...running.left()), "SIGKILL");
  const { exitCode, stderr } = await running.ended;
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^The servers ended \(.*A worker of the server ended \(killed by SIGKILL\)/);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test("--tls-ca-out encrypts both and writes what clients have to trust", async () => {
  const folder = mkdtempSync(join(tmpdir(), "wirelab-servers-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "ca.pem");
  const { text, restUrl, grpcAddress } = await started("--tls-ca-out", file);
  expect(text).toContain(`curl -s --cacert ${file} ${restUrl}/increment`);
  expect(text).toContain(`grpcurl -cacert ${file} -d`);
  const endpoints = { restUrl, grpcAddress, tls: { ca: readFileSync(file, "utf8") } };
  expect((await connectRemote(endpoints)).endpoints).toEqual(endpoints);
});

test.each([
  [
    ["--tls-cert", "no.pem", "--tls-key", "no.pem"],
    /^The (certificate|key) no\.pem can't be read \(there is no such file/,
  ],
  [["--tls-key", "no.pem"], /^A certificate and its key go together/],
])("%j: one sentence, status 2", async (options, sentence) => {
  const { exitCode, stdout, stderr } = await cli([
    "servers",
    "--rest-port",
    "0",
    "--grpc-port",
    "0",
    ...options,
  ]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test.each(["--rest-port", "--grpc-port"])("%s in use: one sentence, status 1", async (option) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as { port: number };
  const args = ["servers", "--rest-port", "0", "--grpc-port", "0", option, String(port)];
  const { exitCode, stdout, stderr } = await cli(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^Port ${port} on 127\\.0\\.0\\.1 is in use`));
  expect(stderr.trim().split("\n")).toHaveLength(1);
});

test.each(["rest", "grpc"] as const)("%s alone listens on --port and says so", async (protocol) => {
  const running = startCli(["servers", protocol, "--port", "0"]);
  const text = await running.seen("stdout", /Ctrl-C ends it/);
  expect(/^(REST|gRPC) +(http:\/\/)?127\.0\.0\.1:\d+$/gm.exec(text)?.[1]?.toLowerCase()).toBe(protocol);
  expect(text.match(/^(REST|gRPC) /gm)).toHaveLength(1);
  running.child.kill("SIGINT");
  expect(await running.ended).toMatchObject({ exitCode: 0, stderr: "" });
});

test("--port without saying of which server is bad usage", async () => {
  const { exitCode, stderr } = await cli(["servers", "--port", "5000"]);
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(/--port is of one server/),
  });
});

test("an address that is not of this machine is one sentence, status 1", async () => {
  const { exitCode, stderr } = await cli(["servers", "--rest-port", "0", "--host", "192.0.2.1"]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/can't listen on 192\.0\.2\.1/);
});
