import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type RunningBoth, startServers } from "@wirelab/servers";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Endpoints } from "../hosts/host.js";
import { type CallingArm, newAnswer } from "./arm.js";
import { findOwnArm, findWorkload } from "./registry.js";
import { ownArmsFor } from "./testing/own-arms.js";
import type { WireBytes } from "./wire.js";

const workload = findWorkload("increment");
const callingArms = ownArmsFor(workload);
const start = (tls: boolean) =>
  startServers({ restPort: 0, grpcPort: 0, works: ["increment"], ...(tls && { tls: {} }) });
const servers: Record<string, RunningBoth> = {};
beforeAll(async () => {
  [servers.plain, servers.encrypted] = await Promise.all([start(false), start(true)]);
});
afterAll(() => Promise.all(Object.values(servers).map((running) => running.close())));
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A relay before a port of this machine that counts what passes it, and knows nothing of what that is. */
async function startRelay(port: number) {
  const passed = { sentBytes: 0, receivedBytes: 0 };
  const sockets = new Set<Socket>();
  const relay = createServer((client) => {
    const server = connect(port, "127.0.0.1");
    const pass = (from: Socket, to: Socket, count: (bytes: number) => void) => {
      sockets.add(from);
      from.on("data", (chunk) => {
        count(chunk.byteLength);
        to.write(chunk);
      });
      from.on("end", () => to.end());
      from.on("error", () => to.destroy());
    };
    pass(client, server, (bytes) => {
      passed.sentBytes += bytes;
    });
    pass(server, client, (bytes) => {
      passed.receivedBytes += bytes;
    });
  }).listen(0, "127.0.0.1");
  await once(relay, "listening");
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  });
  return { passed, port: (relay.address() as AddressInfo).port };
}

/** The same addresses, with a relay before each. */
async function behindRelays({ restUrl, grpcAddress, tls }: RunningBoth) {
  const rest = new URL(restUrl);
  const grpc = await startRelay(Number(grpcAddress.split(":").at(-1)));
  const restRelay = await startRelay(Number(rest.port));
  const endpoints: Endpoints = {
    restUrl: `${rest.protocol}//127.0.0.1:${restRelay.port}`,
    grpcAddress: `127.0.0.1:${grpc.port}`,
    ...(tls !== undefined && { tls }),
  };
  return { endpoints, rest: restRelay.passed, grpc: grpc.passed };
}

function open(arm: string, endpoints: Endpoints, callers: number): CallingArm<unknown, unknown> {
  const options = { workload, endpoints, callers, timeoutMs: 20_000, nextConnectionId: () => 0 };
  const open = findOwnArm(arm).open(options) as CallingArm<unknown, unknown>;
  opened.push(() => open.close());
  return open;
}

/** As many calls of each caller, one after another; gives what of the wire each call took. */
async function callAll(arm: CallingArm<unknown, unknown>, calls: number): Promise<WireBytes[]> {
  const taken: WireBytes[] = [];
  let before = arm.wire();
  for (let call = 0; call < calls; call++) {
    for (const caller of arm.callers) {
      const answer = newAnswer<unknown>();
      await caller.call(workload.first, answer);
      expect(answer.error).toBe("");
      const after = arm.wire();
      taken.push({
        sentBytes: after.sentBytes - before.sentBytes,
        receivedBytes: after.receivedBytes - before.receivedBytes,
      });
      before = after;
    }
  }
  return taken;
}

describe.each(["plain", "encrypted"] as const)("on %s connections", (kind) => {
  test.each(callingArms)("%s counts the very bytes that pass a relay", async (arm) => {
    const { endpoints, ...passed } = await behindRelays(servers[kind] as RunningBoth);
    const own = open(arm, endpoints, 3);
    expect(own.wire()).toEqual({ sentBytes: 0, receivedBytes: 0 });
    await callAll(own, 5);
    const seen = findOwnArm(arm).protocol === "rest" ? passed.rest : passed.grpc;
    // What is said after an answer, such as acknowledged settings, may still be on its way.
    await expect.poll(() => own.wire()).toEqual(seen);
    expect(seen.sentBytes).toBeGreaterThan(15 * 9);
    const counted = own.wire();
    await own.close();
    expect(own.wire().sentBytes).toBeGreaterThanOrEqual(counted.sentBytes);
    expect(own.wire().receivedBytes).toBeGreaterThanOrEqual(counted.receivedBytes);
  });
});

test.each(["grpc", "grpc-http2"])(
  "%s sends its headers once in full, and hardly at all after",
  async (arm) => {
    const [first, ...later] = await callAll(open(arm, servers.plain as RunningBoth, 1), 6);
    const warm = later.at(-1) as WireBytes;
    expect((first as WireBytes).sentBytes).toBeGreaterThan(2 * warm.sentBytes);
    expect((first as WireBytes).receivedBytes).toBeGreaterThan(2 * warm.receivedBytes);
  },
);

test("rest sends its headers in full with every call", async () => {
  const [first, ...later] = await callAll(open("rest", servers.plain as RunningBoth, 1), 6);
  for (const call of later) expect(call).toEqual(first);
  expect((first as WireBytes).sentBytes).toBeGreaterThan(100);
});
