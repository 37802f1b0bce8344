import type { Socket } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { startRawServer } from "../hosts/link/testing/raw-server.js";
import { startFaultyServers } from "../hosts/testing/faulty-servers.js";
import { closedLoad, openLoad } from "./load-choice.js";
import { type RanLoad, runLoad } from "./testing/run-load.js";

const arms = ["rest", "grpc", "grpc-own-connection"];
const timeoutMs = 300;
const loads = [
  ["closed", closedLoad({ users: 4, runTimeMs: 500 })],
  ["open", openLoad({ callsPerSecond: 40, runTimeMs: 500, users: 4 })],
] as const;

const errorsOf = ({ rows }: RanLoad) => [...new Set(rows.map(({ error }) => error))];

/** Servers of a test that handle each connection by hand, for both protocols. */
async function rawServer(onSocket: (socket: Socket) => void) {
  const server = await startRawServer(onSocket);
  onTestFinished(() => server.close());
  return server.endpoints;
}

describe.each(arms)("a server that accepts and never answers, called over %s", (arm) => {
  it.each(loads)(
    "costs a time-out a call, and a %s load is over a time-out after its end",
    async (_, load) => {
      const endpoints = await rawServer(() => {});
      const ran = await runLoad(load, { endpoints, arm, timeoutMs });
      expect([ran.end.status, errorsOf(ran)]).toEqual(["finished", ["TIMEOUT"]]);
      expect(ran.rows.length).toBeGreaterThanOrEqual(4);
      // The watchdog looks every tenth of a time-out; nobody waits for a second one.
      expect(ran.overAt - ran.beganAt).toBeLessThan(500 + 2 * timeoutMs);
      if (load.kind === "open") expect(ran.rows.length + ran.notSent).toBe(20);
    },
  );
});

describe("REST", () => {
  const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n";
  const load = closedLoad({ users: 3, runTimeMs: 500 });

  it("counts answers that are reset in their middle, and every user calls again on another connection", async () => {
    const endpoints = await rawServer((socket) =>
      socket.once("data", () => socket.write(`${head}{"va`, () => socket.resetAndDestroy())),
    );
    const ran = await runLoad(load, { endpoints });
    expect(errorsOf(ran)).toHaveLength(1);
    expect(errorsOf(ran)[0]).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
    expect(ran.rows.length).toBeGreaterThan(3);
    const connections = new Set(ran.rows.map(({ connectionId }) => connectionId));
    expect(connections.size).toBe(ran.rows.length);
  });

  it("waits for slow headers no longer than for anything else", async () => {
    const endpoints = await rawServer((socket) => {
      let sent = 0;
      const drip = setInterval(() => socket.write(head[sent++] ?? ""), 20);
      socket.once("close", () => clearInterval(drip));
    });
    const ran = await runLoad(load, { endpoints, timeoutMs });
    expect([errorsOf(ran), ran.end.status]).toEqual([["TIMEOUT"], "finished"]);
  });
});

it.each([
  ["rest", /ECONNRESET|UND_ERR_SOCKET/],
  ["grpc", /UNAVAILABLE|INTERNAL|CANCELLED/],
  ["grpc-own-connection", /UNAVAILABLE|INTERNAL|CANCELLED/],
] as const)(
  "counts connections that are reset instead of an answer over %s, and those alone",
  async (arm, codes) => {
    const servers = await startFaultyServers({ fault: "reset", afterCalls: 20 });
    onTestFinished(() => servers.close());
    const ran = await runLoad(closedLoad({ users: 3, runTimeMs: 700 }), {
      endpoints: servers.endpoints,
      arm,
    });
    const failed = ran.rows.filter(({ ok }) => !ok);
    expect(failed.length).toBeGreaterThan(0);
    for (const { error } of failed) expect(error).toMatch(codes);
    expect(ran.rows.filter(({ ok }) => ok).length).toBeLessThanOrEqual(20);
  },
);

it.each(["rest", "grpc"])("ends calls over %s to a server that does not read what they send", async (arm) => {
  const endpoints = await rawServer((socket) => socket.pause());
  const ran = await runLoad(closedLoad({ users: 2, runTimeMs: 400 }), {
    endpoints,
    arm,
    work: "image",
    timeoutMs,
  });
  expect([errorsOf(ran), ran.end.status]).toEqual([["TIMEOUT"], "finished"]);
});
