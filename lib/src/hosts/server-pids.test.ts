import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { startChild } from "./child.js";
import { startInProcess } from "./in-process.js";
import { connectRemote } from "./remote.js";
import { findServerPids } from "./server-pids.js";
import { freePort } from "./testing/ports.js";

test.skipIf(process.platform !== "linux")(
  "the process of a server that runs already is found by its ports",
  async () => {
    const [one, other] = await Promise.all([startChild(), startChild()]);
    onTestFinished(() => Promise.all([one.stop(), other.stop()]).then(() => {}));
    const halves = { restUrl: one.endpoints.restUrl, grpcAddress: other.endpoints.grpcAddress };
    const { pids } = await connectRemote(halves);
    expect(pids).toEqual({ rest: one.pids.rest, grpc: other.pids.grpc, missing: null });
    expect(pids.rest).not.toBe(pids.grpc);
  },
);

test("a server in the process that measures has no process of its own", async () => {
  const host = await startInProcess();
  onTestFinished(() => host.stop());
  expect(host.pids).toMatchObject({
    rest: null,
    grpc: null,
    missing: "the server shares the client's process",
  });
  if (process.platform !== "linux") return;
  expect((await connectRemote(host.endpoints)).pids.missing).toMatch(/shares the process that drives/);
});

/** A process of that name that listens; gives its port. */
async function listenAs(name: string): Promise<number> {
  const code = `process.title = ${JSON.stringify(name)};
    const server = require("node:net").createServer();
    server.listen(0, "127.0.0.1", () => console.log(server.address().port));`;
  const child = spawn(process.execPath, ["-e", code], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  const [port] = await once(child.stdout, "data");
  return Number(port);
}

test.skipIf(process.platform !== "linux")(
  "a program that only passes calls on is not taken for the server",
  async () => {
    const [proxy, server] = await Promise.all([listenAs("docker-proxy"), listenAs("python3")]);
    const at = (port: number) => ({ host: "127.0.0.1", port });
    expect(await findServerPids({ rest: at(proxy), grpc: at(server) })).toEqual({
      rest: null,
      grpc: expect.any(Number),
      missing: `what listens on port ${proxy} is docker-proxy, which only passes calls on`,
    });
  },
);

test("what is elsewhere or not there is null, and why", async () => {
  const there = { host: "127.0.0.1", port: await freePort() };
  const elsewhere = { host: "192.0.2.1", port: 5000 };
  expect(await findServerPids({ rest: there, grpc: elsewhere })).toEqual({
    rest: null,
    grpc: null,
    missing: `the process that listens on port ${there.port} cannot be seen`,
  });
  expect((await findServerPids({ rest: elsewhere, grpc: elsewhere })).missing).toContain("192.0.2.1");
});
