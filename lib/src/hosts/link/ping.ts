import { once } from "node:events";
import { connect } from "node:net";
import { performance } from "node:perf_hooks";

/** A connection to an echo, to be pinged now and then. */
export interface Pinger {
  /** One round trip of one byte, in ms. */
  ping(): Promise<number>;
  close(): void;
}

/** Connects to the echo at `port` of 127.0.0.1; the handshake's round trip is over when this resolves. */
export async function openPinger(port: number): Promise<Pinger> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  const byte = Buffer.from([1]);
  let told: { resolve(ms: number): void; reject(error: Error): void } | undefined;
  let sentAtMs = 0;
  socket.on("data", () => told?.resolve(performance.now() - sentAtMs));
  socket.on("error", (error) => told?.reject(error));
  socket.on("close", () => told?.reject(new Error("the echo's connection was closed")));
  const ping = () =>
    new Promise<number>((resolve, reject) => {
      if (socket.destroyed) reject(new Error("the echo's connection was closed"));
      told = { resolve, reject };
      sentAtMs = performance.now();
      socket.write(byte);
    });
  await once(socket, "connect");
  await ping();
  return { ping, close: () => socket.destroy() };
}

/** `count` round trips one after another on a new connection, in ms; that of its handshake is not among them. */
export async function pingPort(port: number, count: number): Promise<Float64Array> {
  const pinger = await openPinger(port);
  try {
    const roundTripsMs = new Float64Array(count);
    for (let i = 0; i < count; i++) roundTripsMs[i] = await pinger.ping();
    return roundTripsMs;
  } finally {
    pinger.close();
  }
}
