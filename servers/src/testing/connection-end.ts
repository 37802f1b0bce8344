import type { Socket } from "node:net";

/** Resolves when the connection is over, closed or reset: which of the two a server's end leads to is the system's. */
export function connectionEnd(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket
      .resume()
      .on("error", () => {})
      .once("close", () => resolve());
  });
}
