import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { once } from "node:events";
import { type ClientHttp2Session, type ClientHttp2Stream, connect, createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { requestShortLived } from "./short-lived-request.js";

const opened: (() => unknown)[] = [];
afterEach(() => {
  for (const close of opened.splice(0).reverse()) close();
});

/** A session with a server that answers with nothing but a status. */
async function session(): Promise<ClientHttp2Session> {
  const server = createServer();
  server.on("stream", (stream) => stream.respond({ ":status": 204 }, { endStream: true }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  opened.push(
    () => client.destroy(),
    () => server.close(),
  );
  return client;
}

test("a stream's events run where it was asked for", async () => {
  const client = await session();
  const place = new AsyncLocalStorage<string>();
  const seenIn = new Promise((resolve) => {
    place.run("asked here", () => {
      const stream = requestShortLived(client, { ":path": "/" });
      stream.on("response", (head) => resolve([head[":status"], place.getStore()]));
    });
  });
  expect(await seenIn).toEqual([204, "asked here"]);
});

test("whoever else binds a function gets what Node makes of it", async () => {
  const client = await session();
  const before = new AsyncResource("BEFORE").bind((a: number, b: number) => a + b);
  const stream = requestShortLived(client, { ":path": "/" });
  await once(stream, "response");
  const after = new AsyncResource("AFTER").bind((a: number, b: number) => a + b);
  expect(after(1, 2)).toBe(3);
  expect(Object.keys(Object.getOwnPropertyDescriptors(after))).toEqual(
    Object.keys(Object.getOwnPropertyDescriptors(before)),
  );
});

// From Node 24 on every Writable is held until all of the heap is collected, whoever made it.
const isHeldByBinding = Number.parseInt(process.versions.node, 10) < 24;

test("a quick collection takes streams that are over, most of which it leaves of those of Node's own", async () => {
  const client = await session();
  const own = await keptBytes(client, (one) => one.request({ ":path": "/" }));
  const kept = await keptBytes(client, (one) => requestShortLived(one, { ":path": "/" }));
  expect(own).toBeGreaterThan(0.8 * requests * ballastBytes);
  expect(kept).toBeLessThan((isHeldByBinding ? 0.5 : 1.1) * own);
});

const requests = 200;
const ballastBytes = 8000;

/** What streams that are over still hold after quick collections, of the ballast that each was given. */
async function keptBytes(
  client: ClientHttp2Session,
  request: (session: ClientHttp2Session) => ClientHttp2Stream,
): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as (options?: { type: "minor" }) => void;
  await requestSome(client, request);
  collect();
  const before = process.memoryUsage().heapUsed;
  await requestSome(client, request);
  collect({ type: "minor" });
  collect({ type: "minor" });
  return process.memoryUsage().heapUsed - before;
}

async function requestSome(
  client: ClientHttp2Session,
  request: (session: ClientHttp2Session) => ClientHttp2Stream,
): Promise<void> {
  for (let count = 0; count < requests; count++) {
    const stream = request(client);
    Object.assign(stream, { ballast: new Array(ballastBytes / 8).fill(0) });
    stream.resume();
    await once(stream, "close");
  }
}
