import type { Socket } from "node:net";

/** Bytes over TCP connections, headers, framing and encryption included. */
export interface WireBytes {
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/**
 * Adds up what goes over the TCP connections of an arm, those included that are closed by now.
 *
 * It counts what the sockets handed to the system and got from it: not the system's own headers of TCP and IP, and not
 * what it sent again. The socket has to be the one of TCP: one of TLS counts what it has not encrypted yet.
 */
export class WireMeter {
  private readonly open = new Set<Socket>();
  private sentBytes = 0;
  private receivedBytes = 0;

  /** Counts all bytes of that connection, from its first. */
  count(socket: Socket): void {
    this.open.add(socket);
    socket.once("close", () => {
      this.open.delete(socket);
      this.add(socket);
    });
  }

  read(): WireBytes {
    const sum = new WireMeter();
    sum.sentBytes = this.sentBytes;
    sum.receivedBytes = this.receivedBytes;
    for (const socket of this.open) sum.add(socket);
    return { sentBytes: sum.sentBytes, receivedBytes: sum.receivedBytes };
  }

  private add({ bytesWritten, bytesRead }: Socket): void {
    this.sentBytes += bytesWritten;
    this.receivedBytes += bytesRead;
  }
}
