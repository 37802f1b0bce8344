import type { Socket } from "node:net";
import { type ChannelCredentials, Client, type Interceptor, type MethodDefinition } from "@grpc/grpc-js";
import { addressOf, type Endpoints } from "../../hosts/host.js";
import { channelCredentials, nameOptions, type Trust } from "../../hosts/trust.js";
import type { WireMeter } from "../wire.js";

/** What a grpc-js server lets a client have on the way, whatever it is told: HTTP/2's own default (RFC 9113, 6.9.2). */
export const serverWindowBytes = 65_535;

/** Why no arm by grpc-js has a first byte of a message. */
export const wholeMessagesOnly = "grpc-js hands a message over when all of it has arrived";

/** Body bytes of messages each way, as the codec saw them. */
export interface CodecBytes {
  sent: number;
  received: number;
}

/** A channel of its own to one server, and the number of its TCP connection. */
export interface Channel {
  readonly client: Client;
  /** Number of the connection now in use, from 0; -1 before the first. */
  connectionId(): number;
  close(): void;
}

/** How a channel is opened. */
export interface ChannelOptions {
  readonly endpoints: Endpoints;
  nextConnectionId(): number;
  /** Counts what goes over its connections. */
  readonly wire: WireMeter;
  /** What every call passes on its way. Default: none. */
  readonly interceptors?: readonly Interceptor[];
}

/** Opens a channel that shares no connection with any other and obeys no proxy variable. */
export function openChannel({
  endpoints,
  nextConnectionId,
  wire,
  interceptors = [],
}: ChannelOptions): Channel {
  let connectionId = -1;
  const counted = tellingCredentials(endpoints.tls, (socket) => {
    wire.count(socket);
    connectionId = nextConnectionId();
  });
  const client = new Client(addressOf(endpoints, "grpc"), counted, {
    ...nameOptions(endpoints.tls),
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_http_proxy": 0,
    // Calls are counted as they are made: nobody else may have them made again, or say so by DNS.
    "grpc.enable_retries": 0,
    "grpc.service_config_disable_resolution": 1,
    "grpc.max_receive_message_length": -1,
    interceptors: [...interceptors],
  });
  return { client, connectionId: () => connectionId, close: () => client.close() };
}

/**
 * Credentials that tell of every connection made with them. grpc-js tells nobody when it connects, or again
 * after a loss; but it asks a channel's credentials to secure each new socket, and only that channel's.
 */
function tellingCredentials(
  tls: Trust | undefined,
  onConnection: (socket: Socket) => void,
): ChannelCredentials {
  const credentials = channelCredentials(tls);
  const create = credentials._createSecureConnector.bind(credentials);
  credentials._createSecureConnector = (...how) => {
    const connector = create(...how);
    const connect = connector.connect.bind(connector);
    connector.connect = (socket: Socket) => {
      onConnection(socket);
      return connect(socket);
    };
    return connector;
  };
  return credentials;
}

/** What turns messages of a method into bytes and back. */
type Serialisers = Pick<MethodDefinition<object, object>, "requestSerialize" | "responseDeserialize">;

/** The method's serialisers, noting the size of each message in `bytes`. */
export function countingCodec(method: Serialisers, bytes: CodecBytes) {
  return notingCodec(method, {
    sent: (size) => {
      bytes.sent = size;
    },
    received: (size) => {
      bytes.received = size;
    },
  });
}

/** The same, adding them up. */
export function summingCodec(method: Serialisers, bytes: CodecBytes) {
  return notingCodec(method, {
    sent: (size) => {
      bytes.sent += size;
    },
    received: (size) => {
      bytes.received += size;
    },
  });
}

function notingCodec(method: Serialisers, note: { sent(size: number): void; received(size: number): void }) {
  return {
    serialize: (message: object) => {
      const buffer = method.requestSerialize(message);
      note.sent(buffer.byteLength);
      return buffer;
    },
    deserialize: (buffer: Buffer) => {
      note.received(buffer.byteLength);
      return method.responseDeserialize(buffer);
    },
  };
}
