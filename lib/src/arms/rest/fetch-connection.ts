import { fetch } from "undici";
import { addressOf } from "../../hosts/host.js";
import type { Exchange, HttpClient, HttpRequest } from "./http-connection.js";
import { countedConnector } from "./rest-connector.js";
import { UndiciConnection } from "./undici-connection.js";

/** By undici's `fetch`, which Node's own is a copy of: the same connection as by `dispatch`, below what browsers know. */
export const undiciFetch: HttpClient = (options) => {
  const connector = countedConnector(options.endpoints.tls, options.wire);
  const origin = addressOf(options.endpoints, "rest");
  return () => new FetchConnection(origin, options, connector);
};

class FetchConnection extends UndiciConnection {
  private readonly origin: string;

  constructor(origin: string, ...parts: ConstructorParameters<typeof UndiciConnection>) {
    super(...parts);
    this.origin = origin;
  }

  async exchange({ method, path, headers, body }: HttpRequest): Promise<Exchange> {
    let status = -1;
    let firstByteAt = Number.NaN;
    try {
      const response = await fetch(`${this.origin}${path}`, {
        method,
        headers,
        body,
        dispatcher: this.client,
      });
      status = response.status;
      firstByteAt = performance.now();
      return { kind: "response", status, firstByteAt, body: Buffer.from(await response.arrayBuffer()) };
    } catch (error) {
      // What broke it stands behind a TypeError that says no more than that it failed.
      return { kind: "failed", status, firstByteAt, error: (error as Error).cause ?? error };
    }
  }
}
