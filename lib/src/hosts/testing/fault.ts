/**
 * What goes wrong from the call after the first `afterCalls` on:
 * - `hang`: no answer, ever
 * - `reset`: the connection of the call is reset
 * - `garbage`: an answer that is no JSON, or no message
 * - `wrong-number`: a well-formed answer that is off by one
 * - `error-status`: 500, or INTERNAL
 * - `die`: the whole protocol goes away, listener and connections
 */
export type Fault = "none" | "hang" | "reset" | "garbage" | "wrong-number" | "error-status" | "die";

export interface FaultOptions {
  readonly fault: Fault;
  /** Calls (messages, on the stream) of each protocol that are answered right before the fault begins; default 0. */
  readonly afterCalls?: number;
  /** On the stream: wait for this many messages, or the client's end, and answer them last first. Default 1: in order. */
  readonly outOfOrder?: number;
}

/** What a protocol has seen so far; health checks are not calls. */
export interface Seen {
  readonly calls: number;
  readonly connections: number;
}

/** One protocol of the faulty servers. */
export interface FaultyProtocol {
  readonly seen: Seen;
  readonly port: number;
  close(): Promise<void>;
}

/** Counts a call and tells what is to go wrong with it. */
export function faultCounter({ fault, afterCalls = 0 }: FaultOptions) {
  const seen = { calls: 0, connections: 0 };
  return {
    seen,
    next(): Fault {
      seen.calls++;
      return seen.calls > afterCalls ? fault : "none";
    },
  };
}
