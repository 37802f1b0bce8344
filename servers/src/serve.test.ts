import { once } from "node:events";
import { connect, createServer, type Server } from "node:net";
import { credentials } from "@grpc/grpc-js";
import { afterEach, expect, test } from "vitest";
import { IncrementerClient } from "./contracts.js";
import { ListenError } from "./listen-error.js";
import { PlantedDelay } from "./planted-delay.js";
import type { Protocol } from "./protocols.js";
import { type RunningBoth, type ServeOptions, startServers } from "./serve.js";
import { connectionEnd } from "./testing/connection-end.js";

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()));
});

async function serve(options: Partial<ServeOptions & { protocols?: never }> = {}): Promise<RunningBoth> {
  const servers = await startServers({ restPort: 0, grpcPort: 0, ...options });
  opened.push(() => servers.close());
  return servers;
}

async function occupyPort(): Promise<number> {
  const server: Server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(async () => server.close());
  return portOf(server.address());
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const port = portOf(server.address());
  server.close();
  await once(server, "close");
  return port;
}

function portOf(address: ReturnType<Server["address"]>): number {
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

test.each(["restPort", "grpcPort"] as const)(
  "a taken %s is named, and the other protocol leaves no port behind",
  async (taken) => {
    const port = await occupyPort();
    const other = taken === "restPort" ? "grpcPort" : "restPort";
    const otherPort = await freePort();
    const error = await serve({ [taken]: port, [other]: otherPort }).catch((caught) => caught);
    expect(error).toBeInstanceOf(ListenError);
    expect(error.code).toBe("port-in-use");
    expect(error.message).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(error.message).toContain(taken === "restPort" ? "another REST port" : "another gRPC port");
    const again = await serve({ [other]: otherPort });
    expect(again.restUrl + again.grpcAddress).toContain(`:${otherPort}`);
  },
);

test("the same port for both is refused before anything listens", async () => {
  await expect(serve({ restPort: 5000, grpcPort: 5000 })).rejects.toThrow(/both to listen on port 5000/);
});

test.each(["rest", "grpc"] as const)(
  "%s alone listens where it is asked to, and nowhere else",
  async (only) => {
    const port = await freePort();
    // The same port for both is taken for a mistake only where both are served.
    const servers = await startServers({ restPort: port, grpcPort: port, protocols: [only] });
    opened.push(() => servers.close());
    const addresses = { rest: [`http://127.0.0.1:${port}`, null], grpc: [null, `127.0.0.1:${port}`] };
    expect([servers.restUrl, servers.grpcAddress]).toEqual(addresses[only]);
    await servers.close();
    await serve({ [only === "rest" ? "restPort" : "grpcPort"]: port });
  },
);

test("no protocol, and one that there is not, are refused", async () => {
  const starting = (names: readonly string[]) =>
    startServers({ restPort: 0, grpcPort: 0, protocols: names as readonly Protocol[] });
  await expect(starting([])).rejects.toThrow("Servers need a protocol: rest, grpc or both.");
  await expect(starting(["rest", "soap"])).rejects.toThrow('no protocol "soap"; choose from rest, grpc.');
});

test("an address that isn't this machine's is refused with a sentence", async () => {
  await expect(serve({ host: "192.0.2.1" })).rejects.toThrow(/can't listen on 192\.0\.2\.1 .*EADDRNOTAVAIL/);
});

test("close ends idle kept-alive connections and streams at once, frees both ports, and may be called twice", async () => {
  const servers = await serve();
  const restPort = Number(new URL(servers.restUrl).port);
  const grpcPort = Number(servers.grpcAddress.split(":")[1]);
  const socket = connect(restPort, "127.0.0.1");
  socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  await once(socket, "data");
  const client = new IncrementerClient(servers.grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
  const stream = client.IncrementStream();
  const streamEnded = new Promise((resolve) => stream.on("error", resolve));
  stream.write({ id: 1, value: 1 });
  await once(stream, "data");

  const ended = Promise.all([connectionEnd(socket), streamEnded]);
  await Promise.all([servers.close(), servers.close()]);
  await servers.close();
  await ended;
  client.close();
  await serve({ restPort, grpcPort });
});

test("busy waiting takes at least as long as asked, and nothing when nothing is asked", () => {
  const delay = new PlantedDelay();
  delay.wait();
  delay.delayUs = 300;
  const began = performance.now();
  delay.wait();
  expect(performance.now() - began).toBeGreaterThanOrEqual(0.3);
});

test("the planted delay lies in the handlers of REST, unary and stream", async () => {
  const plantedDelayUs = 30_000;
  const servers = await serve({});
  servers.plantDelay(plantedDelayUs);
  const delayed = timers(servers);
  for (const time of Object.values(delayed)) {
    expect(await time()).toBeGreaterThanOrEqual(plantedDelayUs / 1000);
  }
});

function timers(servers: RunningBoth) {
  const client = new IncrementerClient(servers.grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
  opened.push(async () => client.close());
  const headers = { "content-type": "application/json" };
  return {
    rest: () =>
      timed(() => fetch(`${servers.restUrl}/increment`, { method: "POST", headers, body: '{"value":1}' })),
    unary: () => timed(() => new Promise((resolve) => client.Increment({ value: 1 }, resolve))),
    stream: () => {
      const stream = client.IncrementStream();
      stream.on("error", () => {});
      stream.write({ id: 1, value: 1 });
      return timed(() => once(stream, "data"));
    },
  };
}

async function timed(call: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await call();
  return performance.now() - began;
}
