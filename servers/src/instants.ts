/**
 * Header of a request, or metadata of a gRPC call, by which a client asks when its handler began and ended; the answer says it
 * in a header of the same name, over gRPC in a trailer. Only calls that ask pay for it.
 */
export const instantsHeader = "wirelab-instants";

/** When a handler began and ended on the machine's monotonic clock, which all of its processes share, in ns. */
export interface HandlerInstants {
  readonly beganNs: bigint;
  readonly endedNs: bigint;
}

/** Begins to time a handler; what comes back ends that, and gives the header's value. */
export function timeHandler(): () => string {
  const beganNs = process.hrtime.bigint();
  return () => `${beganNs} ${process.hrtime.bigint()}`;
}

/** Reads the header's value; null where it is none, as of a server that does not know it. */
export function readInstants(value: string): HandlerInstants | null {
  const [, began, ended] = /^(\d{1,19}) (\d{1,19})$/.exec(value) ?? [];
  return began === undefined || ended === undefined
    ? null
    : { beganNs: BigInt(began), endedNs: BigInt(ended) };
}
