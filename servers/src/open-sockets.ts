import type { Socket } from "node:net";

/**
 * Connections to a server that are open, so that its end can end them all: one that has not got through its handshake
 * belongs to no session yet, and would be waited for.
 */
export class OpenSockets {
  readonly #sockets = new Set<Socket>();

  add(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
  }

  destroy(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
