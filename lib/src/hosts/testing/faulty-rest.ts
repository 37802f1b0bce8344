import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Fault, type FaultOptions, type FaultyProtocol, faultCounter } from "./fault.js";

/** `POST /increment` and `GET /healthz` by node:http on 127.0.0.1, with a fault. */
export async function startFaultyRest(options: FaultOptions): Promise<FaultyProtocol> {
  const counter = faultCounter(options);
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const server = createServer(async (request, response) => {
    if (request.url === "/healthz") {
      sendJson(response, 200, '{"status":"ok"}');
      return;
    }
    const value = await readValue(request);
    const fault = counter.next();
    if (fault === "reset") request.socket.resetAndDestroy();
    else if (fault === "die") void close();
    else if (fault !== "hang") answer(response, value, fault);
  });
  server.on("connection", () => counter.seen.connections++);

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    seen: counter.seen,
    port: (server.address() as AddressInfo).port,
    close,
  };
}

function answer(response: ServerResponse, value: number, fault: Fault): void {
  if (fault === "error-status") sendJson(response, 500, '{"error":"The test asked for this."}');
  else if (fault === "garbage") sendJson(response, 200, '{"value":4\u0000');
  else sendJson(response, 200, JSON.stringify({ value: value + (fault === "wrong-number" ? 2 : 1) }));
}

async function readValue(request: IncomingMessage): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return (JSON.parse(Buffer.concat(chunks).toString()) as { value: number }).value;
}

function sendJson(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
