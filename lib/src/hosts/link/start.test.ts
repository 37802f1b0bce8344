import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { WirelabError } from "../../errors.js";
import type { BothEndpoints } from "../host.js";
import { connectRemote } from "../remote.js";
import { stopAll } from "../running.js";
import { startHost } from "../start.js";
import { connectionEnd, freePort, occupyPort, portsOf } from "../testing/ports.js";
import { listenOn } from "./relay.js";
import { type Link, startLink } from "./start.js";
import { type RawServer, startRawServer } from "./testing/raw-server.js";

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  await stopAll();
});

async function rawServer(onSocket?: (socket: Socket) => void): Promise<RawServer> {
  const server = await startRawServer(onSocket);
  cleanups.push(server.close);
  return server;
}

function connectTo({ endpoints }: Link<BothEndpoints>): Socket {
  return connect({ port: portsOf(endpoints)[0], host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
}

async function textOf(socket: Socket): Promise<string> {
  let text = "";
  socket.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  await once(socket, "end");
  return text;
}

async function errorOf(socket: Socket): Promise<string | undefined> {
  socket.resume();
  const [error] = (await once(socket, "error")) as [NodeJS.ErrnoException];
  return error.code;
}

test.each(["rest", "grpc"] as const)("before a server of %s alone there is no other door", async (only) => {
  const host = await startHost("child", { works: ["increment"], protocols: [only] });
  const { endpoints } = await startLink({ targets: host.endpoints, roundTripMs: 1 });
  expect([endpoints.restUrl !== null, endpoints.grpcAddress !== null]).toEqual([
    only === "rest",
    only === "grpc",
  ]);
  expect((await connectRemote(endpoints)).endpoints).toEqual(endpoints);
});

test("both protocols of a real server answer through it", async () => {
  const host = await startHost("child");
  const link = await startLink({ targets: host.endpoints, roundTripMs: 1 });
  expect((await connectRemote(link.endpoints)).endpoints).toEqual(link.endpoints);
  expect(link.endpoints).not.toEqual(host.endpoints);
});

const paths = [0, 3];

test.each(paths)("with %s ms a half-closed connection still carries the other half", async (roundTripMs) => {
  const server = await rawServer(async (socket) => {
    const text = await textOf(socket);
    socket.end(`${text} and back`);
  });
  const socket = connectTo(await startLink({ targets: server.endpoints, roundTripMs }));
  socket.end("there");
  expect(await textOf(socket)).toBe("there and back");
});

test.each(paths)("with %s ms many connections keep their bytes apart and in order", async (roundTripMs) => {
  const server = await rawServer((socket) => socket.pipe(socket));
  const shape = { roundTripMs, jitterMs: roundTripMs, bandwidthMbps: roundTripMs === 0 ? null : 1000 };
  const link = await startLink({ targets: server.endpoints, ...shape });
  const texts = Array.from({ length: 8 }, (_, index) => `${index},`.repeat(40_000));
  const echoed = texts.map((text) => {
    const socket = connectTo(link);
    socket.end(text);
    return textOf(socket);
  });
  expect(await Promise.all(echoed)).toEqual(texts);
});

test.each(paths)("with %s ms a reset by the server reaches the client", async (roundTripMs) => {
  const server = await rawServer((socket) => socket.once("data", () => socket.resetAndDestroy()));
  const socket = connectTo(await startLink({ targets: server.endpoints, roundTripMs }));
  socket.write("go");
  expect(await errorOf(socket)).toBe("ECONNRESET");
});

test.each(paths)("with %s ms a reset by the client reaches the server", async (roundTripMs) => {
  const server = await rawServer();
  const socket = connectTo(await startLink({ targets: server.endpoints, roundTripMs }));
  const accepted = await server.accepted();
  const error = errorOf(accepted);
  socket.write("go");
  await once(accepted, "data");
  socket.resetAndDestroy();
  expect(await error).toBe("ECONNRESET");
});

test.each(paths)("with %s ms a connection to a target that is down is reset", async (roundTripMs) => {
  const down = `127.0.0.1:${await freePort()}`;
  const link = await startLink({ targets: { restUrl: `http://${down}`, grpcAddress: down }, roundTripMs });
  expect(await errorOf(connectTo(link))).toBe("ECONNRESET");
});

test.each(paths)(
  "with %s ms a server that doesn't read holds up its client, and loses nothing",
  async (roundTripMs) => {
    const server = await rawServer();
    const socket = connectTo(await startLink({ targets: server.endpoints, roundTripMs }));
    const accepted = await server.accepted();
    const chunk = Buffer.alloc(2 ** 20);
    let written = 0;
    // A turn of writes that doesn't drain before the server reads has filled all that is between them.
    const drained = () =>
      Promise.race([
        once(socket, "drain").then(() => true),
        new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 500)),
      ]);
    do written += chunk.length;
    while (socket.write(chunk) || (await drained()));
    expect(written).toBeLessThan(100e6);
    let got = 0;
    accepted.on("data", (data: Buffer) => {
      got += data.length;
    });
    socket.end();
    await once(accepted, "end");
    expect(got).toBe(written);
  },
);

test("stops twice, and leaves no process and no port", async () => {
  const server = await rawServer();
  const link = await startLink({ targets: server.endpoints, roundTripMs: 1 });
  const idle = connect(portsOf(link.endpoints)[0], "127.0.0.1");
  await once(idle, "connect");
  const closed = connectionEnd(idle);
  await Promise.all([link.stop(), link.stop()]);
  await closed;
  expect(() => process.kill(link.pid ?? 0, 0)).toThrow(/ESRCH/);
  for (const port of portsOf(link.endpoints)) {
    const taker = createServer();
    await listenOn(taker, port);
    taker.close();
  }
  expect(await Promise.race([link.died, Promise.resolve("nothing")])).toBe("nothing");
});

test("stopAll ends one in mid-start too", async () => {
  const server = await rawServer();
  const late = startLink({ targets: server.endpoints, roundTripMs: 1 }).then(
    () => "started",
    () => "ended",
  );
  await stopAll();
  expect(await late).toBe("ended");
});

test("a link killed with -9 is told of", async () => {
  const server = await rawServer();
  const link = await startLink({ targets: server.endpoints, roundTripMs: 0 });
  process.kill(link.pid ?? 0, "SIGKILL");
  expect(await link.died).toEqual({ exitCode: null, signal: "SIGKILL", lastWords: "" });
});

test("a parent killed with -9 takes the link along", async () => {
  const server = await rawServer();
  const built = new URL("../../../dist/hosts/link/start.js", import.meta.url).href;
  const script = `import { startLink } from ${JSON.stringify(built)};
    const link = await startLink({ targets: ${JSON.stringify(server.endpoints)}, roundTripMs: 0 });
    console.log(JSON.stringify(link.endpoints));`;
  const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
  const socket = connect(portsOf(JSON.parse(line))[0], "127.0.0.1");
  await once(socket, "connect");
  const closed = connectionEnd(socket);
  parent.kill("SIGKILL");
  await closed;
});

test("a port in use, a bad address and a bad option are refused with what to do", async () => {
  const { endpoints: targets } = await rawServer();
  const taken = await occupyPort();
  const inUse = await startLink({ targets, roundTripMs: 0, restPort: taken.port }).catch((error) => error);
  await taken.release();
  expect(inUse).toBeInstanceOf(WirelabError);
  expect(inUse).toMatchObject({ code: "port-in-use" });
  expect(inUse.message).toContain(`Port ${taken.port} on 127.0.0.1 is in use`);
  const noPort = startLink({ targets: { ...targets, grpcAddress: "127.0.0.1" }, roundTripMs: 0 });
  await expect(noPort).rejects.toThrow(/grpcAddress must be like 127.0.0.1:50051/);
  await expect(startLink({ targets, roundTripMs: -1 })).rejects.toThrow(/roundTripMs must be/);
});
