import type { CallInstants, Span } from "../../arms/instants.js";

/** The phases that a call can be cut into, in the order of the way that it goes. */
export const allPhases = [
  "serialise",
  "queue",
  "connect",
  "wire out",
  "handler",
  "wire back",
  "wire",
  "wire and server",
  "deserialise",
  "between",
] as const;

export type Phase = (typeof allPhases)[number];

/**
 * What is known of calls on the side of the server: when its handler began and ended on the client's clock, only how long it
 * took, or nothing.
 */
export type Told = "instants" | "duration" | "nothing";

const away: Readonly<Record<Told, readonly Phase[]>> = {
  instants: ["wire out", "handler", "wire back"],
  duration: ["handler", "wire"],
  nothing: ["wire and server"],
};

/** The phases of a call of which so much is known. */
export function phasesWhere(told: Told): readonly Phase[] {
  return ["serialise", "queue", "connect", ...away[told], "deserialise", "between"];
}

/** A call that was watched, and how long it took by its record. */
export interface WatchedCall {
  readonly instants: CallInstants;
  readonly durationMs: number;
}

/** How much of the side of the server all of these calls tell; what one of them does not is told of none. */
export function toldBy(calls: readonly WatchedCall[]): Told {
  if (calls.some(({ instants }) => instants.handler === null)) return "nothing";
  return calls.every(({ instants }) => handlerIsWithin(instants)) ? "instants" : "duration";
}

/** On one clock a handler begins after its request was sent and ends before anything of its answer is used. */
function handlerIsWithin({ sent, handler, received, deserialise }: CallInstants): boolean {
  if (handler === null) return false;
  const [began, ended] = handler;
  return sent <= began && began <= ended && ended <= Math.min(received, deserialise[0]);
}

/**
 * Cuts a call into its phases, in ms: they are its duration when added up. gRPC's bytes are made while the call already waits, and
 * its answer is made an object before the trailers come; each is taken out of the phase that it lies in.
 *
 * @example
 * cutCall({ instants, durationMs: 0.2 }, "instants").get("handler");
 */
export function cutCall({ instants, durationMs }: WatchedCall, told: Told): ReadonlyMap<Phase, number> {
  const { serialise, connect, sent, handler, received, deserialise } = instants;
  const connectNs = connect === null ? 0 : length(connect) - overlap(connect, serialise);
  const awayNs = received - sent - overlap(deserialise, [sent, received]);
  const handlerNs = handler === null ? 0 : length(handler);
  const outNs = handler === null ? 0 : handler[0] - sent;
  const client: Partial<Record<Phase, number>> = {
    serialise: length(serialise),
    queue: sent - length(serialise) - connectNs,
    connect: connectNs,
    deserialise: length(deserialise),
    between: durationMs * 1e6 - sent - awayNs - length(deserialise),
  };
  const server: Partial<Record<Phase, number>> = {
    "wire out": outNs,
    handler: handlerNs,
    "wire back": awayNs - outNs - handlerNs,
    wire: awayNs - handlerNs,
    "wire and server": awayNs,
  };
  const ns = { ...client, ...server };
  return new Map(phasesWhere(told).map((phase) => [phase, (ns[phase] ?? 0) / 1e6]));
}

function length([from, to]: Span): number {
  return to - from;
}

function overlap(a: Span, b: Span): number {
  return Math.max(0, Math.min(a[1], b[1]) - Math.max(a[0], b[0]));
}
