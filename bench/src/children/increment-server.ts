import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { childRequest } from "./child-side.js";

/** When the server stalls: so long, once in each period; 0 for never. */
export interface IncrementServerRequest {
  readonly stallMs: number;
  readonly periodMs: number;
}

/** Where it listens. */
export interface IncrementServerReply {
  readonly restUrl: string;
}

/** The increment work over REST by node:http alone; it may answer nobody for a while. */
async function main({ stallMs, periodMs }: IncrementServerRequest): Promise<void> {
  const server = createServer(async (request, response) => {
    if (request.url === "/healthz") return response.end('{"status":"ok"}');
    const into = performance.now() % periodMs;
    let body = "";
    for await (const chunk of request) body += chunk;
    const answer = () => response.end(JSON.stringify({ value: JSON.parse(body).value + 1 }));
    if (stallMs === 0 || into < periodMs - stallMs) answer();
    else setTimeout(answer, periodMs - into);
  });
  server.keepAliveTimeout = 600_000;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const reply: IncrementServerReply = { restUrl: `http://127.0.0.1:${port}` };
  process.send?.(reply);
}

await main(childRequest<IncrementServerRequest>());
