/** A modelled path between client and servers, the same both ways. */
export interface LinkParameters {
  readonly roundTripMs: number;
  /** Largest extra delay each way, drawn evenly from nothing up; bytes never overtake each other. */
  readonly jitterMs: number;
  /** Each way, shared by all connections; null for no limit. */
  readonly bandwidthMbps: number | null;
  /** Whether a new connection starts with ten segments, as TCP does. */
  readonly slowStart: boolean;
  /** What loss does to a connection, without losing anything: so many stalls a megabyte, each so long; null for none. */
  readonly stalls: { readonly perMegabyte: number; readonly stallMs: number } | null;
}

/** TCP's window on a new connection (RFC 6928: ten segments) with the segments of Ethernet. */
export const firstWindowBytes = 10 * 1460;
