import type { Socket } from "node:net";

/** Passes everything between two sockets on at once: no timer, no schedule. */
export function joinIdle(client: Socket, server: Socket): void {
  passOn(client, server);
  passOn(server, client);
}

function passOn(from: Socket, to: Socket): void {
  from.on("data", (chunk: Buffer) => {
    if (!to.write(chunk)) from.pause();
  });
  to.on("drain", () => from.resume());
  from.on("end", () => to.end());
  from.on("error", () => to.resetAndDestroy());
}
