import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { Endpoints } from "../../hosts/host.js";

/** What the server has seen: the truth that a record is held against. */
export interface Counted {
  calls: number;
  connections: number;
  mostUnderWay: number;
  /** When each call was answered, on `performance.now()`, in the order in which they came. */
  readonly answeredAt: number[];
}

/** A REST server of the increment work in this process. */
export interface CountingServer {
  readonly endpoints: Endpoints;
  readonly counted: Counted;
}

/**
 * Answers a call at a time that `heldUntil` says, from when it came, both on `performance.now()`: at `Infinity` never.
 * Ends with the test.
 */
export async function startCountingServer(
  heldUntil: (cameAt: number) => number = (cameAt) => cameAt,
): Promise<CountingServer> {
  const counted: Counted = { calls: 0, connections: 0, mostUnderWay: 0, answeredAt: [] };
  let underWay = 0;
  const server = createServer(async (request, response) => {
    const number = counted.calls++;
    counted.mostUnderWay = Math.max(counted.mostUnderWay, ++underWay);
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = () => {
      underWay--;
      counted.answeredAt[number] = performance.now();
      response.end(JSON.stringify({ value: JSON.parse(body).value + 1 }));
    };
    const now = performance.now();
    const heldMs = heldUntil(now) - now;
    if (heldMs === Infinity) return;
    if (heldMs > 0) setTimeout(answer, heldMs);
    else answer();
  });
  server.on("connection", () => counted.connections++);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { endpoints: { restUrl: `http://127.0.0.1:${port}`, grpcAddress: null }, counted };
}
