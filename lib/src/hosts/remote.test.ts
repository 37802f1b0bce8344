import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { type RunningBoth, startServers } from "@wirelab/servers";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { WirelabError } from "../errors.js";
import type { BothEndpoints, Endpoints } from "./host.js";
import { connectRemote, type RemoteOptions } from "./remote.js";
import { freePort, portsOf } from "./testing/ports.js";

let v4: RunningBoth;
const opened: Server[] = [];
beforeAll(async () => {
  v4 = await startServers({ restPort: 0, grpcPort: 0 });
});
afterEach(() => {
  for (const server of opened.splice(0)) server.close();
});
afterAll(() => v4.close());

async function failureOf(endpoints: Endpoints, options?: RemoteOptions): Promise<WirelabError> {
  const error = await connectRemote(endpoints, options).then(
    () => null,
    (caught) => caught,
  );
  expect(error).toBeInstanceOf(WirelabError);
  expect(error.message.trim().split("\n")).toHaveLength(1);
  return error;
}

/** Accepts connections and says nothing. */
async function mute(): Promise<number> {
  const server = createServer((socket) => {
    socket.unref();
    socket.on("error", () => {});
  });
  opened.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

test("finds both halves, and stopping it stops nothing", async () => {
  const host = await connectRemote(v4);
  expect(host).toMatchObject({ kind: "remote", pids: { rest: null, grpc: null } });
  expect(host.endpoints).toEqual({ restUrl: v4.restUrl, grpcAddress: v4.grpcAddress });
  await host.stop();
  await host.stop();
  await connectRemote(v4);
});

test("says which half nothing listens on", async () => {
  const nowhere = await freePort();
  const restUrl = `http://127.0.0.1:${nowhere}`;
  const grpcAddress = `127.0.0.1:${nowhere}`;
  const noRest = await failureOf({ ...v4, restUrl });
  expect(noRest.code).toBe("server-failed");
  expect(noRest.message).toMatch(/^REST does not answer at .* \(nothing listens there\), though gRPC does/);
  expect((await failureOf({ ...v4, grpcAddress })).message).toMatch(
    /^gRPC does not answer at .* \(nothing listens there\), though REST does/,
  );
  expect((await failureOf({ restUrl, grpcAddress })).message).toMatch(/^Neither half of the server answers/);
});

test("says which half keeps silent", async () => {
  const port = await mute();
  const options = { timeoutMs: 300 };
  const noRest = await failureOf({ ...v4, restUrl: `http://127.0.0.1:${port}` }, options);
  expect(noRest.message).toMatch(/^REST does not answer .*did not answer within 300 ms/);
  const noGrpc = await failureOf({ ...v4, grpcAddress: `127.0.0.1:${port}` }, options);
  expect(noGrpc.message).toMatch(/^gRPC does not answer .*did not answer within 300 ms/);
});

test("says when the halves are swapped", async () => {
  const [rest, grpc] = portsOf(v4);
  const error = await failureOf(
    { restUrl: `http://127.0.0.1:${grpc}`, grpcAddress: `127.0.0.1:${rest}` },
    { timeoutMs: 1000 },
  );
  expect(error.message).toMatch(/^Neither half/);
});

test("a half that is not to be called may be down, and is not named", async () => {
  const nowhere = `127.0.0.1:${await freePort()}`;
  const noGrpc = { restUrl: v4.restUrl, grpcAddress: nowhere };
  const { endpoints } = await connectRemote(noGrpc, { halves: ["rest"] });
  expect(endpoints).toEqual({ restUrl: v4.restUrl, grpcAddress: null });
  expect((await connectRemote(endpoints)).endpoints).toEqual(endpoints);
  expect((await failureOf(noGrpc, { halves: ["grpc"] })).message).toMatch(
    /^gRPC does not answer at .* \(nothing listens there\): start it there/,
  );
  expect((await failureOf(endpoints, { halves: ["grpc"] })).message).toBe(
    "There is no gRPC server to call: give its address (grpcAddress).",
  );
});

test("a server without a health route answers nevertheless", async () => {
  const server = createHttpServer((_, response) => response.writeHead(404).end());
  opened.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const restUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect((await connectRemote({ ...v4, restUrl })).endpoints.restUrl).toBe(restUrl);
});

test.each([
  [{ restUrl: "127.0.0.1:5000" }, /is no REST address/],
  [{ restUrl: "nonsense" }, /is no REST address/],
  [{ restUrl: "http://127.0.0.1:5000/api" }, /without a path/],
  [{ grpcAddress: "http://127.0.0.1:50051" }, /is no gRPC address/],
  [{ grpcAddress: "127.0.0.1" }, /is no gRPC address/],
  [{ grpcAddress: "127.0.0.1:99999" }, /is no gRPC address/],
])("refuses %j before it calls anything", async (wrong, sentence) => {
  const error = await failureOf({ ...v4, ...wrong });
  expect(error.code).toBe("usage");
  expect(error.message).toMatch(sentence);
});

const asLocalhost = (servers: BothEndpoints): BothEndpoints => {
  const [rest, grpc] = portsOf(servers);
  return { restUrl: `http://localhost:${rest}`, grpcAddress: `localhost:${grpc}` };
};

test("localhost becomes the address that answers, in whichever order the name leads to both", async () => {
  for (const addresses of [
    ["127.0.0.1", "::1"],
    ["::1", "127.0.0.1"],
  ]) {
    const host = await connectRemote(asLocalhost(v4), { lookup: async () => addresses });
    expect(host.endpoints).toEqual({ restUrl: v4.restUrl, grpcAddress: v4.grpcAddress });
  }
});

test("localhost that leads only to ::1, with the servers on 127.0.0.1, is told in one sentence", async () => {
  const { message } = await failureOf(asLocalhost(v4), { lookup: async () => ["::1"] });
  expect(message).toContain("localhost leads only to ::1 here, and the server answers at 127.0.0.1");
  expect(message).toContain("write 127.0.0.1 in place of localhost");
});

const withoutV6 = !Object.values(networkInterfaces()).some((all) => all?.some((it) => it.address === "::1"));

test.skipIf(withoutV6 && process.env.WIRELAB_REQUIRE_ALL !== "1")(
  "servers on ::1 are found there, and missed where localhost is 127.0.0.1",
  async () => {
    const v6 = await startServers({ restPort: 0, grpcPort: 0, host: "::1" });
    const { restUrl, grpcAddress } = v6;
    expect(restUrl).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect((await connectRemote(v6)).endpoints).toEqual({ restUrl, grpcAddress });
    const both = await connectRemote(asLocalhost(v6), { lookup: async () => ["127.0.0.1", "::1"] });
    expect(both.endpoints).toEqual({ restUrl, grpcAddress });
    const { message } = await failureOf(asLocalhost(v6), { lookup: async () => ["127.0.0.1"] });
    expect(message).toContain("write ::1 in place of localhost");
    await v6.close();
  },
);
