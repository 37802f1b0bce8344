import { Agent, type ClientRequestArgs, request as startRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { addressOf, unbracketed } from "../../hosts/host.js";
import {
  type Exchange,
  type HttpClient,
  type HttpConnection,
  type HttpOptions,
  type HttpRequest,
  joined,
} from "./http-connection.js";

/** By node:http, with an agent that keeps its one connection. It calls in the clear: only rungs that do not encrypt are called by it. */
export const nodeHttp: HttpClient = (options) => {
  const { hostname, port } = new URL(addressOf(options.endpoints, "rest"));
  const address = { host: unbracketed(hostname), port: Number(port) || 80 };
  return () => new NodeHttpConnection(address, options);
};

interface Address {
  readonly host: string;
  readonly port: number;
}

class NodeHttpConnection implements HttpConnection {
  id = -1;
  private readonly address: Address;
  private readonly agent: Agent;

  constructor(address: Address, { wire, nextConnectionId }: HttpOptions) {
    this.address = address;
    this.agent = new TellingAgent((socket) => {
      wire.count(socket);
      socket.once("connect", () => {
        this.id = nextConnectionId();
      });
    });
  }

  exchange({ method, path, headers, body }: HttpRequest): Promise<Exchange> {
    return new Promise((resolve) => {
      let status = -1;
      let firstByteAt = Number.NaN;
      const fail = (error: unknown) => resolve({ kind: "failed", status, firstByteAt, error });
      const request = startRequest({
        ...this.address,
        agent: this.agent,
        method,
        path,
        headers: { ...headers, "content-length": body.byteLength },
      });
      request.on("response", (response) => {
        firstByteAt = performance.now();
        status = response.statusCode ?? -1;
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("end", () => resolve({ kind: "response", status, firstByteAt, body: joined(chunks) }));
        response.on("error", fail);
      });
      request.on("error", fail);
      request.end(body);
    });
  }

  async destroy(): Promise<void> {
    this.agent.destroy();
  }
}

/** Tells of each connection that it makes. */
class TellingAgent extends Agent {
  private readonly onSocket: (socket: Socket) => void;

  constructor(onSocket: (socket: Socket) => void) {
    super({ keepAlive: true, maxSockets: 1 });
    this.onSocket = onSocket;
  }

  override createConnection({ host, port }: ClientRequestArgs): Socket {
    const socket = connect({ host: String(host), port: Number(port), noDelay: true });
    this.onSocket(socket);
    return socket;
  }
}
