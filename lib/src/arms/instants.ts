/** From when to when, in ns since the call was asked for. */
export type Span = readonly [fromNs: number, toNs: number];

/** When what happened in one call, as its client and its server saw it; spans that nobody knows, or that were not, are null. */
export interface CallInstants {
  /** From the object that is sent to its bytes. */
  readonly serialise: Span;
  /** From opening a connection to when it can be sent over. */
  readonly connect: Span | null;
  /** When the first byte is handed to the system: over REST of the request, over gRPC of the message. */
  readonly sent: number;
  /** The server's handler, by its own clock. */
  readonly handler: Span | null;
  /** When all of the answer was here, gRPC's trailers included. */
  readonly received: number;
  /** From the bytes that came back to the object. */
  readonly deserialise: Span;
}

/** Watches the calls of a round from inside, which costs them time. */
export interface RoundWatch {
  begin(): void;
  /** What it saw of each call since `begin`, in order; null for a call that failed, or of which something was not seen. */
  end(): Promise<readonly (CallInstants | null)[]>;
}
