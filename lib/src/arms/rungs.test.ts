import { once } from "node:events";
import { connect as connectHttp2 } from "node:http2";
import { type AddressInfo, connect, createServer } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Endpoints, type Host, noEndpoints } from "../hosts/host.js";
import { stopAll } from "../hosts/running.js";
import { startHost } from "../hosts/start.js";
import { type Answer, type CallingArm, newAnswer } from "./arm.js";
import { framed } from "./grpc/unary-exchange.js";
import { findOwnArm, findWorkload } from "./registry.js";

const maxMessageBytes = 2000;
const workload = findWorkload("increment");
/** Each rung's server, and the arms that call it. */
const callers = {
  net: ["net"],
  http: ["http", "http-undici"],
  express: ["http", "http-undici"],
  "express-json": ["rest", "rest-fetch"],
  http2: ["http2"],
  "http2-protobuf": ["http2-protobuf"],
  "http2-grpc": ["grpc-http2", "grpc", "grpc-interceptor"],
} as const;
type RungName = keyof typeof callers;
const rungs = Object.keys(callers) as RungName[];
const calling = rungs.flatMap((rung) => callers[rung].map((arm) => [rung, arm] as const));

const hosts = new Map<RungName, Host>();
beforeAll(async () => {
  await Promise.all(
    rungs.map(async (program) => {
      hosts.set(program, await startHost("child", { program, maxMessageBytes }));
    }),
  );
});
afterAll(() => stopAll());
const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const endpointsOf = (rung: RungName): Endpoints => hosts.get(rung)?.endpoints ?? noEndpoints;

function open(arm: string, endpoints: Endpoints, timeoutMs = 5000) {
  let connections = 0;
  const nextConnectionId = () => connections++;
  const opened = findOwnArm(arm).open({ workload, endpoints, callers: 2, timeoutMs, nextConnectionId });
  const own = opened as CallingArm<unknown, unknown>;
  closing.push(() => own.close());
  return { own, connections: () => connections };
}

async function callOf({ callers: [caller] }: CallingArm<unknown, unknown>, input: unknown = 41) {
  const answer = newAnswer<unknown>();
  await caller?.call(input, answer);
  return answer as Answer<number>;
}

describe.each(calling)("the rung %s, called by %s", (rung, arm) => {
  test("adds one, on a connection that stays", async () => {
    const { own, connections } = open(arm, endpointsOf(rung));
    for (const value of [41, -1, 2 ** 31 - 2, -(2 ** 31)]) {
      expect(await callOf(own, value)).toMatchObject({ ok: true, output: value + 1, error: "" });
    }
    expect(connections()).toBe(1);
    const wire = own.wire();
    // Four calls of four bytes: what else there is, is the layers'.
    if (rung === "net") expect(wire).toEqual({ sentBytes: 16, receivedBytes: 16 });
    else expect(Math.min(wire.sentBytes, wire.receivedBytes)).toBeGreaterThan(4 * 15);
  });

  test("takes a planted delay, and loses it again", async () => {
    const { own } = open(arm, endpointsOf(rung));
    const host = hosts.get(rung) as Host;
    const fastest = async () => {
      const durations: number[] = [];
      for (let call = 0; call < 5; call++) {
        const from = performance.now();
        await callOf(own);
        durations.push(performance.now() - from);
      }
      return Math.min(...durations);
    };
    await host.plantDelay(100_000);
    expect(await fastest()).toBeGreaterThanOrEqual(100);
    await host.plantDelay(0);
    expect(await fastest()).toBeLessThan(100);
  });
});

test.each([
  ["net", 2],
  ["http", 1],
  ["express", 1],
] as const)("the rung %s has four bytes a number, and so many chunks are joined", async (rung, chunks) => {
  const { port } = new URL(endpointsOf(rung).restUrl as string);
  const socket = connect(Number(port), "127.0.0.1");
  closing.push(() => socket.destroy());
  const number = Buffer.from([0, 0, 1, 255]);
  if (rung === "net") {
    socket.write(number.subarray(0, chunks));
    await once(socket, "ready");
    socket.write(number.subarray(chunks));
  } else {
    socket.write("POST /increment HTTP/1.1\r\nhost: a\r\ncontent-length: 4\r\n\r\n");
    socket.write(number);
  }
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.subarray(-4)).toEqual(Buffer.from([0, 0, 2, 0]));
});

test("a number without a next one ends a bare connection, and the server goes on", async () => {
  const { own, connections } = open("net", endpointsOf("net"));
  expect(await callOf(own, 2 ** 31 - 1)).toMatchObject({ ok: false, error: "ECONNRESET" });
  expect(await callOf(own)).toMatchObject({ ok: true, output: 42 });
  expect(connections()).toBe(2);
});

test.each(["http", "express"] as const)("%s refuses what is no int32 with a sentence", async (rung) => {
  const send = (body: Uint8Array<ArrayBuffer>) =>
    fetch(`${endpointsOf(rung).restUrl}/increment`, { method: "POST", body });
  const empty = await send(new Uint8Array(0));
  expect([empty.status, await empty.text()]).toEqual([
    400,
    "The body must be the 4 bytes of an int32, and it has 0.",
  ]);
  const last = await send(Uint8Array.of(127, 255, 255, 255));
  expect([last.status, await last.text()]).toEqual([400, expect.stringMatching(/does not fit\.$/)]);
  const large = await send(new Uint8Array(maxMessageBytes + 1));
  expect([large.status, await large.text()]).toEqual([
    413,
    "The body is larger than the limit of 2000 bytes.",
  ]);
});

test("Express without checks says of bad JSON what it says by itself, and no stack", async () => {
  const headers = { "content-type": "application/json" };
  const send = (body: string) =>
    fetch(`${endpointsOf("express-json").restUrl}/increment`, { method: "POST", headers, body });
  const bad = await send("{");
  expect(bad.status).toBe(400);
  expect(await bad.text()).not.toContain("    at ");
  expect((await send(`"${"a".repeat(maxMessageBytes)}"`)).status).toBe(413);
});

/** Status and body of a request over HTTP/2, or gRPC's status and message of its trailers. */
async function overHttp2(rung: RungName, body: Buffer, path = "/increment.Incrementer/Increment") {
  const session = connectHttp2(`http://${endpointsOf(rung).grpcAddress}`);
  closing.push(() => session.destroy());
  const stream = session.request({ ":method": "POST", ":path": path, "content-type": "application/grpc" });
  let said: Record<string, unknown> = {};
  stream.on("response", (head) => {
    said = { ...said, ...head };
  });
  stream.end(body);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    status: said[":status"],
    text,
    grpc: [said["grpc-status"], decodeURIComponent(`${said["grpc-message"]}`)],
  };
}

test.each([
  ["http2", Buffer.alloc(3), 400, /the 4 bytes of an int32, and it has 3/],
  ["http2", Buffer.alloc(maxMessageBytes + 1), 413, /limit of 2000 bytes/],
  ["http2-protobuf", Buffer.from([0x0a, 0xff, 0xff]), 400, /no protobuf message/],
  ["http2-protobuf", Buffer.from([0x10, 0xff, 0xff, 0xff, 0xff, 0x07]), 400, /does not fit/],
  ["http2-protobuf", Buffer.alloc(maxMessageBytes + 1), 413, /limit of 2000 bytes/],
] as const)("%s answers %o with %d", async (rung, body, status, sentence) => {
  expect(await overHttp2(rung, body)).toMatchObject({ status, text: expect.stringMatching(sentence) });
  expect(await callOf(open(callers[rung][0], endpointsOf(rung)).own)).toMatchObject({ ok: true });
});

test.each([
  ["no frame", Buffer.alloc(2), undefined, "3", /one whole message/],
  ["a compressed frame", Buffer.from([1, 0, 0, 0, 0]), undefined, "3", /not compressed/],
  ["garbage", framed(Buffer.from([0x0a, 0xff, 0xff])), undefined, "3", /no protobuf message/],
  ["too much", framed(Buffer.alloc(maxMessageBytes + 1)), undefined, "8", /limit of 2000 bytes/],
  ["another method", framed(Buffer.alloc(0)), "/a.B/C", "12", /There is no \/a\.B\/C here/],
] as const)("gRPC by hand has a status for %s", async (_what, body, path, status, sentence) => {
  const { grpc, ...answer } = await overHttp2("http2-grpc", body, path);
  expect(answer.status).toBe(200);
  expect(grpc).toEqual([status, expect.stringMatching(sentence)]);
  expect(await callOf(open("grpc", endpointsOf("http2-grpc")).own)).toMatchObject({ ok: true });
});

test.each(rungs)("%s outlives clients that hang up in the middle", async (rung) => {
  const { restUrl, grpcAddress } = endpointsOf(rung);
  const { port } = new URL(restUrl ?? `http://${grpcAddress}`);
  const halves = [
    "",
    "\0",
    "POST /increment HTTP/1.1\r\ncontent-length: 4\r\n\r\n\0",
    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0",
  ];
  for (const half of halves) {
    const socket = connect(Number(port), "127.0.0.1");
    await once(socket, "connect");
    socket.write(half);
    socket.resetAndDestroy();
  }
  expect(await callOf(open(callers[rung][0], endpointsOf(rung)).own)).toMatchObject({ ok: true });
});

const bare = ["net", "http", "http-undici", "rest-fetch", "http2", "http2-protobuf"];

/** A server that does with every connection what a test says. */
async function brokenServer(onData: (socket: import("node:net").Socket) => void): Promise<Endpoints> {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", () => onData(socket));
    closing.push(() => socket.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close());
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { restUrl: `http://${address}`, grpcAddress: address };
}

test.each(bare)("%s gives a call up that hangs", async (arm) => {
  const { own } = open(arm, await brokenServer(() => {}), 50);
  expect(await callOf(own)).toMatchObject({ ok: false, error: "TIMEOUT" });
  expect(await callOf(own)).toMatchObject({ ok: false, error: "TIMEOUT" });
});

test.each(bare)("%s fails at once when the server hangs up, and where nobody listens", async (arm) => {
  const { own } = open(arm, await brokenServer((socket) => socket.destroy()));
  expect(await callOf(own)).toMatchObject({
    ok: false,
    error: expect.stringMatching(/^(ECONNRESET|UND_ERR_SOCKET)$/),
  });
  const nobody = await brokenServer(() => {});
  await Promise.all(closing.splice(0).map((close) => close()));
  expect(await callOf(open(arm, nobody).own)).toMatchObject({ ok: false, error: "ECONNREFUSED" });
});

test("an answer that is none is BAD_BODY, and a wrong one WRONG_ANSWER", async () => {
  const saying = (body: string) =>
    brokenServer((socket) =>
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`),
    );
  for (const arm of ["http", "http-undici"]) {
    expect(await callOf(open(arm, await saying("abc")).own)).toMatchObject({ ok: false, error: "BAD_BODY" });
    expect(await callOf(open(arm, await saying("abcd")).own)).toMatchObject({ error: "WRONG_ANSWER" });
  }
  const bytes = (text: string) => brokenServer((socket) => socket.write(text));
  expect(await callOf(open("net", await bytes("abcd")).own)).toMatchObject({ error: "WRONG_ANSWER" });
  expect(await callOf(open("net", await bytes("abcde")).own)).toMatchObject({ error: "BAD_BODY" });
});
