import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findService } from "./service-address.js";

const server = createServer((socket) => socket.end());
let port: number;
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

const find = (host: string, leadsTo: readonly string[] = [], allowHosts: readonly string[] = []) =>
  findService(
    { host, port, name: host },
    { allowHosts, timeoutMs: 2000, lookup: async () => leadsTo },
    "one",
  );

test("localhost becomes the loopback address that answers, and nothing else", async () => {
  expect(await find("localhost", ["127.0.0.1"])).toEqual({ host: "127.0.0.1", elsewhere: false });
  await expect(find("localhost", ["127.0.0.1", "192.0.2.1"])).rejects.toThrow(
    /calls localhost, which is not/,
  );
  await expect(find("localhost", [])).rejects.toThrow(/write 127\.0\.0\.1 in place of localhost/);
});

test("loopback is 127.0.0.0/8 and ::1; what only looks like it is not", async () => {
  expect(await find("127.0.0.1")).toEqual({ host: "127.0.0.1", elsewhere: false });
  for (const host of [
    "127.evil.example",
    "localhost.example",
    "0.0.0.0",
    "128.0.0.1",
    "::ffff:8.8.8.8",
    "::",
    "2130706433",
  ]) {
    await expect(find(host, ["127.0.0.1"])).rejects.toThrow(/is not this machine's loopback address/);
  }
});

test("says what does not answer, or does not speak TLS", async () => {
  const address = { host: "127.0.0.1", port, name: "127.0.0.1", trust: {} };
  const options = { allowHosts: [], timeoutMs: 2000 };
  await expect(findService(address, options, "one")).rejects.toThrow(
    /one: 127\.0\.0\.1:\d+ does not answer \(it /,
  );
});
