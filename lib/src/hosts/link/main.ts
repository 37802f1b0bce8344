import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { LinkArguments, LinkMessage, ShapeRequest } from "./messages.js";
import { Relay } from "./relay.js";

// Whoever forked this process may be gone, however it ended: then nobody is left to stop it.
process.on("disconnect", () => process.exit());

function tell(message: LinkMessage): void {
  process.send?.(message);
}

try {
  const { doors } = JSON.parse(process.argv[2] ?? "{}") as LinkArguments;
  const relay = new Relay();
  const echo = new Worker(new URL("echo-main.js", import.meta.url));
  const [echoPort] = (await once(echo, "message")) as [number];
  const ports: number[] = [];
  for (const { port, targetHost, targetPort } of doors) {
    ports.push(await relay.open(port, { host: targetHost, port: targetPort ?? echoPort }));
  }
  process.on("message", ({ shape, compensationMs }: ShapeRequest) => {
    relay.shape(shape, compensationMs);
    tell({ type: "shaped" });
  });
  tell({ type: "listening", ports, echoPort });
} catch (error) {
  process.exitCode = 1;
  tell(failure(error as NodeJS.ErrnoException));
  if (process.connected) process.disconnect();
}

function failure({ code, message, ...rest }: NodeJS.ErrnoException): LinkMessage {
  if (code !== "EADDRINUSE") return { type: "failed", code: "failed", message: `The link: ${message}.` };
  const { port } = rest as { port?: number };
  const sentence = `Port ${port} on 127.0.0.1 is in use: end what listens there, or let the link choose one (0).`;
  return { type: "failed", code: "port-in-use", message: sentence };
}
