import { once } from "node:events";
import {
  constants,
  createServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { incrementerService } from "@wirelab/servers/dist/contracts.js";
import { afterEach, expect, test } from "vitest";
import { type Answer, type CallingArm, newAnswer } from "../arm.js";
import { findWorkload } from "../registry.js";
import { grpcHttp2Arm } from "./grpc-http2.js";
import { framed } from "./unary-exchange.js";

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const workload = findWorkload("increment");
const rightAnswer = framed(incrementerService.Increment.responseSerialize({ id: 0, value: 1 }));
const head = { ":status": 200, "content-type": "application/grpc+proto" };

/** What a server does with the call of that number, from 0, when all of it has arrived. */
type Serve = (stream: ServerHttp2Stream, call: number) => void;

/** A server of bare HTTP/2, and one caller of it. */
async function start(
  serve: Serve,
  { timeoutMs = 20_000, isLoad = false }: { timeoutMs?: number; isLoad?: boolean } = {},
) {
  const seen = { connections: 0, headers: [] as IncomingHttpHeaders[], bodies: [] as Buffer[] };
  const sessions: ServerHttp2Session[] = [];
  const sockets: Socket[] = [];
  const server = createServer();
  server.on("connection", (socket: Socket) => sockets.push(socket));
  server.on("session", (session) => {
    seen.connections++;
    sessions.push(session);
    session.on("error", () => {});
  });
  server.on("stream", async (stream, headers) => {
    stream.on("error", () => {});
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    await once(stream, "end");
    seen.headers.push(headers);
    serve(stream, seen.bodies.push(Buffer.concat(chunks)) - 1);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(() => {
    for (const session of sessions) session.destroy();
    server.close();
  });
  const { call, caller } = callerOf((server.address() as AddressInfo).port, { timeoutMs, isLoad });
  return { call, caller, seen, sessions, sockets };
}

/** One caller of a server on that port. */
function callerOf(port: number, { timeoutMs = 20_000, isLoad = false } = {}) {
  let connections = 0;
  const arm = grpcHttp2Arm.open({
    workload,
    endpoints: { restUrl: null, grpcAddress: `127.0.0.1:${port}` },
    callers: 1,
    timeoutMs,
    isLoad,
    nextConnectionId: () => connections++,
  }) as CallingArm<unknown, unknown>;
  opened.push(() => arm.close());
  const [caller] = arm.callers;
  if (caller === undefined) throw new Error("the arm has no caller");
  const call = async (): Promise<Answer<unknown>> => {
    const answer = newAnswer<unknown>();
    await caller.call(workload.first, answer);
    return answer;
  };
  return { call, caller };
}

/** Answers with those parts, a DATA frame each, and trailers. */
function answer(
  stream: ServerHttp2Stream,
  parts: readonly Buffer[],
  trailers: Record<string, string> = { "grpc-status": "0" },
): void {
  stream.respond(head, { waitForTrailers: true });
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  for (const part of parts) stream.write(part);
  stream.end();
}

test.each([false, true])(
  "sends what gRPC prescribes, and says when the answer began and what it weighed, in a load: %s",
  async (isLoad) => {
    const { call, seen } = await start((stream) => answer(stream, [rightAnswer]), { isLoad });
    const before = performance.now();
    const got = await call();
    expect(got).toMatchObject({ ok: true, output: 1, status: 0, error: "", connectionId: 0 });
    expect([got.bytesSent, got.bytesReceived]).toEqual([4, 4]);
    expect(got.firstByteAt).toBeGreaterThan(before);
    expect(got.firstByteAt).toBeLessThanOrEqual(performance.now());
    expect(seen.headers[0]).toMatchObject({
      ":method": "POST",
      ":path": "/increment.Incrementer/Increment",
      ":scheme": "http",
      te: "trailers",
      "content-type": "application/grpc",
    });
    expect(seen.bodies[0]).toEqual(Buffer.from([0, 0, 0, 0, 4, 8, 0, 16, 0]));
  },
);

test("puts an answer together however it was cut into frames", async () => {
  const bytes = Array.from(rightAnswer, (byte) => Buffer.from([byte]));
  const { call } = await start((stream) => answer(stream, bytes));
  expect(await call()).toMatchObject({ ok: true, output: 1, bytesReceived: 4 });
});

const twice = Buffer.concat([rightAnswer, rightAnswer]);
const compressed = Buffer.concat([Buffer.from([1]), rightAnswer.subarray(1)]);
const trailersOnly = (more: Record<string, string | number>): Serve => {
  return (stream) => stream.respond({ ...head, ...more }, { endStream: true });
};
const reset = (code: number): Serve => {
  return (stream) => stream.close(code);
};
test.each<[what: string, serve: Serve, error: string, status: number]>([
  ["a status in trailers", (stream) => answer(stream, [], { "grpc-status": "3" }), "INVALID_ARGUMENT", 3],
  [
    "a status after a message",
    (s) => answer(s, [rightAnswer], { "grpc-status": "8" }),
    "RESOURCE_EXHAUSTED",
    8,
  ],
  ["trailers without a status", (s) => answer(s, [rightAnswer], { other: "0" }), "UNKNOWN", 2],
  ["trailers alone", trailersOnly({ "grpc-status": "12", "grpc-message": "no%20such" }), "UNIMPLEMENTED", 12],
  ["an OK without a message", trailersOnly({ "grpc-status": "0" }), "INTERNAL", 13],
  ["half a message", (stream) => answer(stream, [rightAnswer.subarray(0, 6)]), "INTERNAL", 13],
  ["two messages", (stream) => answer(stream, [twice]), "INTERNAL", 13],
  ["a compressed message", (stream) => answer(stream, [compressed]), "INTERNAL", 13],
  ["a message of another kind", (s) => answer(s, [framed(Buffer.from([0x0a, 0xff, 0xff]))]), "INTERNAL", 13],
  ["a wrong answer", (stream) => answer(stream, [framed(Buffer.from([0x10, 9]))]), "WRONG_ANSWER", 0],
  ["a proxy's page", trailersOnly({ ":status": 503, "content-type": "text/html" }), "UNAVAILABLE", 14],
  ["a page that is no gRPC", trailersOnly({ "content-type": "text/html" }), "UNKNOWN", 2],
  ["a stream refused", reset(constants.NGHTTP2_REFUSED_STREAM), "UNAVAILABLE", 14],
  ["a stream reset", reset(constants.NGHTTP2_INTERNAL_ERROR), "INTERNAL", 13],
  ["a stream that just ends", (stream) => stream.respond(head, { endStream: true }), "INTERNAL", 13],
])(
  "fails one call for %s, and goes on with the next on the same connection",
  async (_, serve, error, status) => {
    const { call, seen } = await start((stream, number) => {
      if (number === 0) serve(stream, number);
      else answer(stream, [rightAnswer]);
    });
    expect(await call()).toMatchObject({ ok: false, error, status });
    expect(await call()).toMatchObject({ ok: true, error: "" });
    expect(seen.connections).toBe(1);
  },
);

test.each<[what: string, end: (session?: ServerHttp2Session, socket?: Socket) => void]>([
  ["is closed", (session) => session?.destroy()],
  ["is cut", (_, socket) => socket?.destroy()],
  ["is reset", (_, socket) => socket?.resetAndDestroy()],
  ["ends with an error", (session) => session?.goaway(constants.NGHTTP2_PROTOCOL_ERROR)],
])("fails the call whose connection %s, and connects again for the next", async (_, end) => {
  const { call, seen, sessions, sockets } = await start((stream, number) => {
    if (number === 1) end(sessions[0], sockets[0]);
    else answer(stream, [rightAnswer]);
  });
  expect(await call()).toMatchObject({ ok: true, connectionId: 0 });
  expect(await call()).toMatchObject({ ok: false, error: "UNAVAILABLE", status: 14 });
  expect(await call()).toMatchObject({ ok: true, connectionId: 1 });
  expect(seen.connections).toBe(2);
});

test("lets the call under way finish when the server says goodbye, and connects again for the next", async () => {
  const { call, seen, sessions } = await start((stream, number) => {
    if (number === 0) sessions[0]?.goaway(constants.NGHTTP2_NO_ERROR);
    answer(stream, [rightAnswer]);
  });
  expect(await call()).toMatchObject({ ok: true, connectionId: 0 });
  expect(await call()).toMatchObject({ ok: true, connectionId: 1 });
  expect(seen.connections).toBe(2);
});

test("fails as unavailable where nothing listens, and calls what listens there later", async () => {
  const listener = createTcpServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address() as AddressInfo;
  await new Promise((resolve) => listener.close(resolve));
  const { call } = callerOf(port);
  expect(await call()).toMatchObject({ ok: false, error: "UNAVAILABLE", status: 14, connectionId: -1 });
  const server = createServer().on("stream", (stream) => answer(stream, [rightAnswer]));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  opened.push(() => server.close());
  expect(await call()).toMatchObject({ ok: true, connectionId: 0 });
});

test("tells the server that a call was given up when it took too long", async () => {
  let tellReset: (code: number | undefined) => void;
  const reset = new Promise<number | undefined>((resolve) => {
    tellReset = resolve;
  });
  const hang: Serve = (stream, number) => {
    if (number > 0) return answer(stream, [rightAnswer]);
    stream.once("close", () => tellReset(stream.rstCode));
  };
  const { call, seen } = await start(hang, { timeoutMs: 200 });
  expect(await call()).toMatchObject({ ok: false, error: "TIMEOUT", status: 1 });
  expect(await reset).toBe(constants.NGHTTP2_CANCEL);
  expect(await call()).toMatchObject({ ok: true, error: "" });
  expect(seen.connections).toBe(1);
});

test("ends a call in time also where a connection is made and nobody speaks", async () => {
  const sockets: Socket[] = [];
  const silent = createTcpServer((socket) => sockets.push(socket)).listen(0, "127.0.0.1");
  await once(silent, "listening");
  opened.push(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
  const { call } = callerOf((silent.address() as AddressInfo).port, { timeoutMs: 100 });
  expect(await call()).toMatchObject({ ok: false, error: "TIMEOUT" });
});

test("gives a server room for a large answer at once, on the stream and on the connection", async () => {
  const sizes: (number | undefined)[] = [];
  const { call } = await start((stream) => {
    const { session } = stream;
    sizes.push(session?.state.remoteWindowSize, session?.remoteSettings.initialWindowSize);
    answer(stream, [rightAnswer]);
  });
  expect(await call()).toMatchObject({ ok: true });
  expect(sizes).toEqual([2 ** 24, 2 ** 24]);
});
