import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { percentile } from "../../stats/percentiles/percentile.js";
import type { BothEndpoints } from "../host.js";
import { stopAll } from "../running.js";
import { portsOf } from "../testing/ports.js";
import { transferMs } from "./formula.js";
import { type Link, startLink } from "./start.js";
import { type RawServer, startRawServer } from "./testing/raw-server.js";

// Bounds on time, as they are what a link is for. Medians, because a shared machine takes its
// processor away for milliseconds; and a second try with a fresh link, as what it calibrated against may have changed.
const onBusyMachines = { retry: 1, timeout: 60_000 };

let server: RawServer | undefined;
afterEach(async () => {
  await stopAll();
  await server?.close();
  server = undefined;
});

/** A server that answers `bytes` with one byte each time that so many have come. */
async function answering(bytes: number): Promise<RawServer> {
  server = await startRawServer((socket) => {
    let got = 0;
    socket.on("data", (chunk: Buffer) => {
      got += chunk.length;
      for (; got >= bytes; got -= bytes) socket.write("!");
    });
  });
  return server;
}

function connectTo({ endpoints }: Link<BothEndpoints>): Socket {
  return connect({ port: portsOf(endpoints)[0], host: "127.0.0.1", noDelay: true });
}

async function callMs(socket: Socket, bytes: number): Promise<number> {
  const beganAtMs = performance.now();
  socket.write(Buffer.alloc(bytes));
  await once(socket, "data");
  return performance.now() - beganAtMs;
}

function median(values: ArrayLike<number>): number {
  return percentile(Float64Array.from(values).sort(), 0.5);
}

function expectNear(ms: number, askedMs: number, share: number): void {
  expect(Math.abs(ms - askedMs), `${ms} ms in place of ${askedMs}`).toBeLessThanOrEqual(
    Math.max(share * askedMs, 0.15),
  );
}

test.each([
  [1.489, 301],
  [5, 151],
  [35.594, 31],
])("half of the round trips at %s ms take less, half more", onBusyMachines, async (roundTripMs, pings) => {
  const { endpoints } = await answering(1);
  const link = await startLink({ targets: endpoints, roundTripMs });
  expectNear(median(await link.ping(pings)), roundTripMs, 0.03);
});

test("the first call on a new connection costs a round trip more", onBusyMachines, async () => {
  const { endpoints } = await answering(1);
  const link = await startLink({ targets: endpoints, roundTripMs: 20 });
  const firsts: number[] = [];
  const kept: number[] = [];
  for (let connection = 0; connection < 7; connection++) {
    const beganAtMs = performance.now();
    const socket = connectTo(link);
    await callMs(socket, 1);
    firsts.push(performance.now() - beganAtMs);
    kept.push(await callMs(socket, 1));
    socket.destroy();
  }
  // Opening two sockets takes part of a millisecond of its own.
  expectNear(median(firsts), 40, 0.05);
  expectNear(median(kept), 20, 0.03);
});

test("a server that speaks first is heard two round trips after the connect", onBusyMachines, async () => {
  server = await startRawServer((socket) => socket.write("hello"));
  const link = await startLink({ targets: server.endpoints, roundTripMs: 20 });
  const heard: number[] = [];
  for (let connection = 0; connection < 5; connection++) {
    const beganAtMs = performance.now();
    const socket = connectTo(link);
    await once(socket, "data");
    heard.push(performance.now() - beganAtMs);
    socket.destroy();
  }
  expectNear(median(heard), 40, 0.05);
});

test("1.58 MB through slow start take what the formula says", onBusyMachines, async () => {
  const bytes = 1_580_000;
  const roundTripMs = 35.594;
  const { endpoints } = await answering(bytes);
  const link = await startLink({ targets: endpoints, roundTripMs });
  const uploads: number[] = [];
  for (let connection = 0; connection < 5; connection++) {
    const beganAtMs = performance.now();
    const socket = connectTo(link);
    await callMs(socket, bytes);
    uploads.push(performance.now() - beganAtMs);
    socket.destroy();
  }
  const answerMs = roundTripMs / 2;
  expectNear(median(uploads), transferMs({ bytes, roundTripMs, freshConnection: true }) + answerMs, 0.05);
});
