import { type buildConnector, Client, type Dispatcher } from "undici";
import { addressOf } from "../../hosts/host.js";
import {
  type Exchange,
  type HttpClient,
  type HttpConnection,
  type HttpOptions,
  type HttpRequest,
  joined,
} from "./http-connection.js";
import { countedConnector } from "./rest-connector.js";

/** A `Client` of our own rather than a shared agent: no proxy variable reaches it, and it is one connection. */
export abstract class UndiciConnection implements HttpConnection {
  id = -1;
  protected readonly client: Client;

  constructor({ endpoints, nextConnectionId }: HttpOptions, connect: buildConnector.connector) {
    // The watchdog ends calls that hang, so undici's own timers stay out of the measurement.
    this.client = new Client(addressOf(endpoints, "rest"), {
      pipelining: 1,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect,
    });
    this.client.on("connect", () => {
      this.id = nextConnectionId();
    });
  }

  abstract exchange(request: HttpRequest): Promise<Exchange>;

  destroy(): Promise<void> {
    return this.client.destroy();
  }
}

/**
 * By undici's `dispatch`, which its `request` is built on: the stream that `request` makes of every body would be a good
 * part of a fast call.
 */
export const undiciDispatch: HttpClient = (options) => {
  const connector = countedConnector(options.endpoints.tls, options.wire);
  return () => new DispatchConnection(options, connector);
};

class DispatchConnection extends UndiciConnection {
  exchange({ method, path, headers, body, newConnection }: HttpRequest): Promise<Exchange> {
    return new Promise((resolve) => {
      this.client.dispatch(
        { path, method: method as Dispatcher.HttpMethod, headers, body, reset: newConnection },
        new ResponseReader(resolve),
      );
    });
  }
}

class ResponseReader implements Dispatcher.DispatchHandler {
  private status = -1;
  private firstByteAt = Number.NaN;
  private contentType = "";
  private readonly chunks: Buffer[] = [];
  private readonly onEnd: (exchange: Exchange) => void;

  constructor(onEnd: (exchange: Exchange) => void) {
    this.onEnd = onEnd;
  }

  /** undici takes a handler without this method for one of its older kind. */
  onRequestStart(): void {}

  onResponseStart(
    _: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.status = status;
    this.firstByteAt = performance.now();
    this.contentType = String(headers["content-type"] ?? "");
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    const { status, firstByteAt, contentType, chunks } = this;
    this.onEnd({ kind: "response", status, firstByteAt, contentType, body: joined(chunks) });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    const { status, firstByteAt } = this;
    this.onEnd({ kind: "failed", status, firstByteAt, error });
  }
}
