import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { createRandom } from "../../stats/random.js";
import type { Bottleneck } from "./bottleneck.js";
import { Flow } from "./flow.js";
import { holdBytes, Lane } from "./lane.js";
import type { Shape } from "./options.js";
import type { Pacer } from "./pacer.js";

/** What the connections of a link have in common. */
export interface Path {
  readonly shape: Shape;
  readonly compensationMs: number;
  readonly pacer: Pacer;
  readonly toServer: Bottleneck;
  readonly toClient: Bottleneck;
}

/**
 * Joins a client's new connection with one to the server by a lane each way. Loopback has shaken hands before anybody
 * could delay it: so the client's first bytes leave a round trip late, and the server's, who in truth would learn of
 * the connection with them, half a one later still.
 */
export function join(client: Socket, server: Socket, path: Path, index: number): void {
  const { shape, compensationMs, pacer, toServer, toClient } = path;
  const acceptedAtMs = performance.now();
  const common = { pacer, holdBytes: holdBytes(shape), aheadMs: compensationMs / 2 };
  const flow = (bottleneck: Bottleneck, openAfterTrips: number, side: number) =>
    new Flow({
      shape,
      bottleneck,
      random: createRandom((shape.seed + 2 * index + side) | 0),
      openAtMs: acceptedAtMs + openAfterTrips * shape.roundTripMs,
    });
  const up = new Lane({ ...common, from: client, to: server, flow: flow(toServer, 1, 0) });
  const down = new Lane({ ...common, from: server, to: client, flow: flow(toClient, 1.5, 1) });
  client.on("error", () => up.reset());
  // A refusal comes as the answer to the first packet would: a round trip after the client began.
  const refusedAtMs = acceptedAtMs + shape.roundTripMs;
  let connected = false;
  server.once("connect", () => {
    connected = true;
  });
  server.on("error", () => (connected ? down.reset() : down.resetAt(refusedAtMs)));
  let open = 2;
  const closed = () => {
    if (--open > 0) return;
    up.drop();
    down.drop();
  };
  client.once("close", closed);
  server.once("close", closed);
}
