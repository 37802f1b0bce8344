import { once } from "node:events";
import { connect, createServer } from "node:net";
import { credentials } from "@grpc/grpc-js";
import { IncrementerClient } from "@wirelab/servers";
import { afterEach, describe, expect, test } from "vitest";
import { WirelabError } from "../errors.js";
import type { BothEndpoints, Host, HostKind } from "./host.js";
import { stopAll } from "./running.js";
import { startHost } from "./start.js";
import { connectionEnd, occupyPort, portsOf } from "./testing/ports.js";

afterEach(() => stopAll());

const startable = ["in-process", "worker", "child"] as const;

async function bothAnswer({ restUrl, grpcAddress }: BothEndpoints): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${restUrl}/increment`, { method: "POST", headers, body: '{"value":41}' });
  expect(await response.json()).toEqual({ value: 42 });
  const client = new IncrementerClient(grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
  const answer = await new Promise((resolve) => client.Increment({ value: 41 }, (_error, it) => resolve(it)));
  client.close();
  expect(answer).toEqual({ id: 0, value: 42 });
}

/** Resolves when nothing listens on either port; fails when one is still taken. */
async function expectPortsFree(host: Host<BothEndpoints>): Promise<void> {
  for (const port of portsOf(host.endpoints)) {
    const server = createServer();
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    server.close();
    await once(server, "close");
  }
}

describe.each(startable)("%s", (kind) => {
  test("answers on both protocols, stops twice, and leaves no port", async () => {
    const host = await startHost(kind);
    expect(host.kind).toBe(kind);
    await bothAnswer(host.endpoints);
    const idle = connect(portsOf(host.endpoints)[0], "127.0.0.1");
    await once(idle, "connect");
    const closed = connectionEnd(idle);
    await Promise.all([host.stop(), host.stop()]);
    await host.stop();
    await closed;
    await expectPortsFree(host);
  });

  test.each(["restPort", "grpcPort"] as const)("says when %s is in use", async (which) => {
    const taken = await occupyPort();
    const error = await startHost(kind, { [which]: taken.port }).catch((caught) => caught);
    await taken.release();
    expect(error).toBeInstanceOf(WirelabError);
    expect(error.code).toBe("port-in-use");
    expect(error.message).toContain(`Port ${taken.port} on 127.0.0.1 is in use`);
  });

  test("plants the delay that was asked for", async () => {
    const host = await startHost(kind);
    await host.plantDelay(20_000);
    const began = performance.now();
    await bothAnswer(host.endpoints);
    expect(performance.now() - began).toBeGreaterThanOrEqual(40);
  });
});

test("all kinds run side by side, and stopAll ends them, one in mid-start too", async () => {
  const hosts = await Promise.all(startable.map((kind) => startHost(kind)));
  const late = startHost("child").then(
    () => "started",
    () => "ended",
  );
  await stopAll();
  expect(await late).toBe("ended");
  for (const host of hosts) await expectPortsFree(host);
  await stopAll();
});

test("no proxy variable stands between this process and a host, nor reaches the host", async () => {
  const before = { ...process.env };
  const proxied = {
    http_proxy: "http://127.0.0.1:9",
    HTTP_PROXY: "http://127.0.0.1:9",
    grpc_proxy: "http://127.0.0.1:9",
  };
  Object.assign(process.env, proxied);
  try {
    for (const kind of startable) {
      const host = await startHost(kind);
      await bothAnswer(host.endpoints);
      const remote = await startHost("remote", {}, host.endpoints);
      expect(remote.endpoints).toEqual(host.endpoints);
    }
  } finally {
    for (const name of Object.keys(proxied)) delete process.env[name];
    Object.assign(process.env, before);
  }
});

test("remote without addresses and an unknown kind are refused with what to do", async () => {
  await expect(startHost("remote")).rejects.toThrow(/needs the addresses.*grpcAddress/);
  await expect(startHost("container" as HostKind)).rejects.toThrow(
    /choose in-process, worker, child or remote/,
  );
});
