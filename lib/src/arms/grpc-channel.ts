import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";
import { Client, credentials, type MethodDefinition } from "@grpc/grpc-js";

/** What a grpc-js server lets a client have on the way, whatever it is told: HTTP/2's own default (RFC 9113, 6.9.2). */
export const serverWindowBytes = 65_535;

/** Body bytes of the last message each way, as the codec saw it. */
export interface CodecBytes {
  sent: number;
  received: number;
}

/** A channel of its own to one server, and the count of the TCP connections it opened. */
export interface Channel {
  readonly client: Client;
  /** Number of the connection now in use, from 0; -1 before the first. */
  connectionId(): number;
  /** Tells that a call is under way: connections opened meanwhile are this channel's. */
  callBegan(): void;
  callEnded(): void;
  close(): void;
}

/** Opens a channel that shares no connection with any other and obeys no proxy variable. */
export function openChannel(address: string, nextConnectionId: () => number): Channel {
  const client = new Client(address, credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_http_proxy": 0,
    "grpc.max_receive_message_length": -1,
  });
  const port = Number(address.slice(address.lastIndexOf(":") + 1));
  let connectionId = -1;
  let underWay = 0;
  // grpc-js does not tell when it reconnects; Node tells of every socket that a client opens.
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    socket.once("connect", () => {
      if (underWay > 0 && socket.remotePort === port) connectionId = nextConnectionId();
    });
  };
  subscribe("net.client.socket", onSocket);
  return {
    client,
    connectionId: () => connectionId,
    callBegan: () => {
      underWay++;
    },
    callEnded: () => {
      underWay--;
    },
    close: () => {
      unsubscribe("net.client.socket", onSocket);
      client.close();
    },
  };
}

/** The method's serialisers, noting the size of each message in `bytes`. */
export function countingCodec(method: MethodDefinition<object, object>, bytes: CodecBytes) {
  return {
    serialize: (message: object) => {
      const buffer = method.requestSerialize(message);
      bytes.sent = buffer.byteLength;
      return buffer;
    },
    deserialize: (buffer: Buffer) => {
      bytes.received = buffer.byteLength;
      return method.responseDeserialize(buffer);
    },
  };
}
