import { createGrpcServer } from "./grpc.js";
import { formatAddress, listenGrpc, listenRest } from "./listen.js";
import { ListenError } from "./listen-error.js";
import { PlantedDelay } from "./planted-delay.js";
import { createRestApp } from "./rest.js";
import type { ServerOptions } from "./server-options.js";
import { loadWorks, workNames } from "./works.js";

/** Where the servers listen, and what they are made with. */
export interface ServeOptions extends Omit<ServerOptions, "plantedDelay"> {
  /** 0 is any free port. */
  readonly restPort: number;
  readonly grpcPort: number;
  /** Address to listen on; default `127.0.0.1`, which only this machine reaches. */
  readonly host?: string;
  /** Names of the works to serve; default all. Only these are loaded, all of it before anything listens. */
  readonly works?: readonly string[];
}

/** Servers that listen. */
export interface RunningServers {
  /** Like `http://127.0.0.1:5000`. */
  readonly restUrl: string;
  /** Like `127.0.0.1:50051`. */
  readonly grpcAddress: string;
  /** Adds busy waiting to every later call of both protocols, in µs; 0 ends it. */
  plantDelay(delayUs: number): void;
  /** Ends both at once, open connections and calls under way included; safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts both protocols over the same work, or neither: rejects with a `ListenError` that names the port, or
 * with `UnknownWork`.
 *
 * @example
 * const servers = await startServers({ restPort: 0, grpcPort: 0 });
 * await fetch(`${servers.restUrl}/healthz`);
 * await servers.close();
 */
export async function startServers(options: ServeOptions): Promise<RunningServers> {
  const { restPort, grpcPort, host = "127.0.0.1", works: names = workNames } = options;
  if (restPort === grpcPort && restPort !== 0) {
    throw new ListenError(
      "port-in-use",
      `REST and gRPC are both to listen on port ${restPort}: choose another port for one of them (0 is any free one).`,
    );
  }
  const works = await loadWorks(names);
  const plantedDelay = new PlantedDelay();
  const rest = await listenRest(createRestApp(works, { ...options, plantedDelay }), { host, port: restPort });
  const grpc = await listenGrpc(createGrpcServer(works, { ...options, plantedDelay }), {
    host,
    port: grpcPort,
  }).catch(async (error) => {
    await rest.close();
    throw error;
  });
  let closing: Promise<unknown> | undefined;
  return {
    restUrl: `http://${formatAddress(host, rest.port)}`,
    grpcAddress: formatAddress(host, grpc.port),
    plantDelay: (delayUs) => {
      plantedDelay.delayUs = delayUs;
    },
    close: async () => {
      closing ??= Promise.all([rest.close(), grpc.close()]);
      await closing;
    },
  };
}
