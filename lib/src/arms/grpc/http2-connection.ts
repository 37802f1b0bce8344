import { type ClientHttp2Session, connect } from "node:http2";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { addressOf, unbracketed } from "../../hosts/host.js";
import { contextOf } from "../../hosts/trust.js";
import type { WireMeter } from "../wire.js";
import type { ChannelOptions } from "./grpc-channel.js";

/**
 * Room for answers on the way, of a stream and of a connection alike. HTTP/2's own 64 KiB would make a large answer wait
 * for leave to go on, once a round trip; a whole message of the lab's servers fits into this.
 */
const answerWindowBytes = 2 ** 24;

/** Makes connections to a gRPC server by node:http2, which knows of no proxy variable. */
export type MakeConnection = (wire: WireMeter) => Http2Connection;

/** Reads what all connections of an arm have in common, once. */
export function http2Connector({
  endpoints,
  nextConnectionId,
}: Omit<ChannelOptions, "wire">): MakeConnection {
  const { tls } = endpoints;
  const { host, hostname, port } = new URL(`http://${addressOf(endpoints, "grpc")}`);
  const tcp = { host: unbracketed(hostname), port: Number(port) || (tls === undefined ? 80 : 443) };
  const name = tls?.grpcName ?? tcp.host;
  const secure = tls && {
    secureContext: contextOf(tls),
    ALPNProtocols: ["h2"],
    host: name,
    ...(isIP(name) === 0 && { servername: name }),
  };
  const authority = `${secure === undefined ? "http" : "https"}://${tls?.grpcName ?? host}`;
  const connectSocket = (wire: WireMeter, onConnection: () => void) => {
    const socket: Socket = connectTcp(tcp);
    wire.count(socket);
    socket.once("connect", onConnection);
    return secure === undefined ? socket : connectTls({ ...secure, socket });
  };
  return (wire) =>
    new Http2Connection(authority, (onConnection) => connectSocket(wire, onConnection), nextConnectionId);
}

/** A connection that is made when a call first needs it, and again by the next call after it ended. */
export class Http2Connection {
  readonly authority: string;
  /** Number of the TCP connection now in use, from 0; -1 before the first. */
  id = -1;
  private session: ClientHttp2Session | null = null;
  private readonly connectSocket: (onConnection: () => void) => Socket;
  private readonly nextConnectionId: () => number;

  constructor(
    authority: string,
    connectSocket: (onConnection: () => void) => Socket,
    nextConnectionId: () => number,
  ) {
    this.authority = authority;
    this.connectSocket = connectSocket;
    this.nextConnectionId = nextConnectionId;
  }

  /** One that takes calls; they wait while it is being made, and fail when it fails. */
  open(): ClientHttp2Session {
    if (this.session === null || this.session.closed || this.session.destroyed) this.session = this.connect();
    return this.session;
  }

  close(): void {
    this.session?.destroy();
  }

  private connect(): ClientHttp2Session {
    const session = connect(this.authority, {
      createConnection: () =>
        this.connectSocket(() => {
          this.id = this.nextConnectionId();
        }),
      settings: { initialWindowSize: answerWindowBytes, enablePush: false },
      // Node's limit would refuse calls while large ones wait for the server's window.
      maxSessionMemory: Number.MAX_SAFE_INTEGER,
    });
    session.once("connect", () => session.setLocalWindowSize(answerWindowBytes));
    // Each call on it fails too, and says so.
    session.on("error", () => {});
    return session;
  }
}
