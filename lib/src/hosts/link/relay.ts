import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Bottleneck } from "./bottleneck.js";
import { join, type Path } from "./join.js";
import { joinIdle } from "./join-idle.js";
import { idleShape, isIdle, type Shape } from "./options.js";
import { Pacer } from "./pacer.js";

/** Where a door leads. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Ports of this machine whose connections go on to a target, over a path that can be changed for new ones. */
export class Relay {
  readonly #pacer = new Pacer();
  #path: Path = this.#pathOf(idleShape, 0);
  #connections = 0;

  /** The path of connections that are made from now on; its first connection is number 0 for the seed. */
  shape(shape: Shape, compensationMs: number): void {
    this.#path = this.#pathOf(shape, compensationMs);
    this.#connections = 0;
  }

  /** Opens a door at `port` of 127.0.0.1 and gives its number; rejects with the system's error. */
  async open(port: number, target: Target): Promise<number> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      this.#accept(client, target),
    );
    return listenOn(server, port);
  }

  #accept(client: Socket, target: Target): void {
    const server = connect({ ...target, allowHalfOpen: true, noDelay: true });
    if (isIdle(this.#path.shape)) joinIdle(client, server);
    else join(client, server, this.#path, this.#connections++);
  }

  #pathOf(shape: Shape, compensationMs: number): Path {
    return {
      shape,
      compensationMs,
      pacer: this.#pacer,
      toServer: new Bottleneck(shape.bandwidthMbps),
      toClient: new Bottleneck(shape.bandwidthMbps),
    };
  }
}

/** Begins to listen at `port` of 127.0.0.1; gives the number. */
export async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}
