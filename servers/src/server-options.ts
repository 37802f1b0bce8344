import type { PlantedDelay } from "./planted-delay.js";

/** What both protocols of one set of servers are made with. */
export interface ServerOptions {
  /** Largest request body or gRPC message, in bytes, either way; default {@link defaultMaxMessageBytes}. */
  readonly maxMessageBytes?: number;
  /** What a client may have on the way to the gRPC server without its leave, of a stream and of a connection alike; default grpc-js' own, 65,535. */
  readonly windowBytes?: number;
  /** Busy waiting added to every call; default none. */
  readonly plantedDelay?: PlantedDelay;
}

/** 16 MiB: one limit for both protocols, because grpc-js' 4 MiB and Express' 100 kB would be compared otherwise. */
export const defaultMaxMessageBytes = 16 * 1024 * 1024;
