import { connect, createServer, type Server, type Socket } from "node:net";
import { Direction, type FarEnd, type Surroundings } from "./direction.js";
import type { LinkParameters } from "./parameters.js";

/** Where a relay leads. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** A far end with this much unsent waits; a near end with this much not yet under way is not read on. */
const highWaterBytes = 1024 * 1024;

/** What all relays of a link share. */
export interface RelayOptions {
  readonly link: LinkParameters;
  readonly up: Surroundings;
  readonly down: Surroundings;
}

/** Listens on a free port of loopback and carries every connection over the modelled link to `target`. */
export function startRelay(target: Target, options: RelayOptions): Promise<{ server: Server; port: number }> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    const far = connect({ ...target, allowHalfOpen: true, noDelay: true });
    carry(near, far, options);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
      resolve({ server, port: address.port });
    });
  });
}

function carry(near: Socket, far: Socket, { link, up, down }: RelayOptions): void {
  // Loopback's handshake takes no time; over the link it would have taken a round trip until bytes may follow.
  const connectedAtMs = performance.now() + link.roundTripMs;
  carryOneWay(near, far, { link, around: up, notBeforeMs: connectedAtMs });
  carryOneWay(far, near, { link, around: down, notBeforeMs: 0 });
  for (const [one, other] of [
    [near, far],
    [far, near],
  ] as const) {
    // A broken connection is told to the other side as late as everything else.
    one.on("error", () => {
      one.destroy();
      up.at(performance.now() + link.roundTripMs / 2, () => other.resetAndDestroy());
    });
  }
}

interface OneWay {
  readonly link: LinkParameters;
  readonly around: Surroundings;
  readonly notBeforeMs: number;
}

function carryOneWay(from: Socket, to: Socket, { link, around, notBeforeMs }: OneWay): void {
  if (isIdle(link)) {
    from.pipe(to);
    return;
  }
  const end: FarEnd = {
    deliver: (bytes) => {
      if (to.writable) to.write(bytes);
    },
    finish: () => {
      if (to.writable) to.end();
    },
    isFull: () => to.writableLength > highWaterBytes,
  };
  const direction = new Direction(link, around, end);
  const now = () => Math.max(performance.now(), notBeforeMs);
  // The window opens within a round trip, and a far end drains; which of them it was does not matter.
  const readOnLater = () => around.at(now() + Math.max(1, link.roundTripMs), readOn);
  const readOn = () => {
    if (direction.waitingBytes < highWaterBytes) from.resume();
    else readOnLater();
  };
  from.on("data", (bytes: Buffer) => {
    direction.offer(bytes, now());
    if (direction.waitingBytes < highWaterBytes) return;
    from.pause();
    readOnLater();
  });
  from.on("end", () => direction.finish(now()));
  to.on("drain", () => direction.resume(now()));
}

/** Without delay, limit or chance there is nothing to model, and bytes go straight on. */
function isIdle({ roundTripMs, jitterMs, bandwidthMbps, stalls }: LinkParameters): boolean {
  return roundTripMs === 0 && jitterMs === 0 && bandwidthMbps === null && stalls === null;
}
