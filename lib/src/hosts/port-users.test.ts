import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import { listeningInodes, portUsers } from "./port-users.js";
import { freePort } from "./testing/ports.js";

test("only listening sockets of the very port count", () => {
  const row = (port: string, state: string, inode: number) =>
    ` 0: 0100007F:${port} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000 0 0 ${inode} 1 0 100 0 0 10 0`;
  const table = [
    "sl local_address",
    row("1388", "0A", 11),
    row("1388", "01", 12),
    row("C383", "0A", 13),
  ].join("\n");
  expect(listeningInodes(table, 5000)).toEqual(["11"]);
  expect(listeningInodes(table, 50_051)).toEqual(["13"]);
});

test.skipIf(process.platform !== "linux")(
  "a port is used by whoever listens on it, a free one by nobody",
  async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    expect((await portUsers(port)).map(({ pid }) => pid)).toEqual([process.pid]);
    server.close();
    await once(server, "close");
    expect(await portUsers(await freePort())).toEqual([]);
  },
);
