import type { Endpoints } from "../../hosts/host.js";
import type { WireMeter } from "../wire.js";

/** A request as an HTTP client of any kind sends it. */
export interface HttpRequest {
  /** Like `POST`. */
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for none. */
  readonly body: Uint8Array;
  /** Whether the connection ends with it. */
  readonly newConnection: boolean;
}

/** How an exchange over HTTP ended: with a whole response, or with what broke it. */
export type Exchange =
  /** The media type is left out by clients whose users know it. */
  (
    | { readonly kind: "response"; readonly body: Buffer; readonly contentType?: string }
    | { readonly kind: "failed"; readonly error: unknown }
  ) & {
    /** HTTP status; -1 when no head of a response came. */
    readonly status: number;
    /** `performance.now()` when that head had come; NaN when none did. */
    readonly firstByteAt: number;
  };

/** One connection at a time to a server, made when a request first needs it, and again after it ended. */
export interface HttpConnection {
  /** Number of the connection last made, from 0; -1 before the first. */
  readonly id: number;
  /** Sends one request and waits for its whole response; never rejects. */
  exchange(request: HttpRequest): Promise<Exchange>;
  /** Ends it, the exchange under way included. */
  destroy(): Promise<void>;
}

/** What the connections of an arm are made with. */
export interface HttpOptions {
  readonly endpoints: Endpoints;
  /** Counts what goes over them. */
  readonly wire: WireMeter;
  nextConnectionId(): number;
}

/** An HTTP client: reads once what all connections of an arm have in common, and then makes them. */
export type HttpClient = (options: HttpOptions) => () => HttpConnection;

/** The pieces of a body as one. */
export function joined(chunks: readonly Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}
