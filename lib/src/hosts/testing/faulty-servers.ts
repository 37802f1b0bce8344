import type { BothEndpoints } from "../host.js";
import type { FaultOptions, Seen } from "./fault.js";
import { startFaultyGrpc } from "./faulty-grpc.js";
import { startFaultyRest } from "./faulty-rest.js";

export type { Fault, FaultOptions, Seen } from "./fault.js";

/** Servers of the increment work that go wrong on purpose and count what they get. */
export interface FaultyServers {
  readonly endpoints: BothEndpoints;
  /** Live counts of the REST side. */
  readonly rest: Seen;
  /** Live counts of the gRPC side; a message on the stream is a call. */
  readonly grpc: Seen;
  close(): Promise<void>;
}

/**
 * Starts both protocols on free ports of 127.0.0.1, in this process.
 *
 * @example
 * const servers = await startFaultyServers({ fault: "hang", afterCalls: 10 });
 * // … call it …
 * expect(servers.rest).toEqual({ calls: 11, connections: 1 });
 * await servers.close();
 */
export async function startFaultyServers(options: FaultOptions): Promise<FaultyServers> {
  const [rest, grpc] = await Promise.all([startFaultyRest(options), startFaultyGrpc(options)]);
  return {
    endpoints: { restUrl: `http://127.0.0.1:${rest.port}`, grpcAddress: `127.0.0.1:${grpc.port}` },
    rest: rest.seen,
    grpc: grpc.seen,
    close: async () => {
      await Promise.all([rest.close(), grpc.close()]);
    },
  };
}
