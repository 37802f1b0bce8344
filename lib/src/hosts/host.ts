/** Where one set of servers listens: `restUrl` like `http://127.0.0.1:5000`, `grpcAddress` like `127.0.0.1:50051`. */
export interface Endpoints {
  readonly restUrl: string;
  readonly grpcAddress: string;
}

/** Where the server runs, seen from the notebook. */
export type HostKind = "in-process" | "worker" | "child" | "remote";

/** How and why a server ended without being asked to. */
export interface ServerDeath {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines that it wrote to standard error. */
  readonly lastWords: string;
}

/** Who serves each protocol: ids of processes of this machine in which nothing else of a measurement runs. */
export interface ServerPids {
  readonly rest: number | null;
  readonly grpc: number | null;
  /** Why one of them is null, as the end of a sentence; null when neither is. */
  readonly missing: string | null;
}

/** Server and client are one process, so what it uses cannot be told apart. */
export const sharedProcess: ServerPids = {
  rest: null,
  grpc: null,
  missing: "the server shares the client's process",
};

/** A running server: both protocols over the same work. */
export interface Host {
  readonly kind: HostKind;
  readonly endpoints: Endpoints;
  readonly pids: ServerPids;
  /** Settles only if the server ends without `stop()`. */
  readonly died: Promise<ServerDeath>;
  /**
   * Adds busy waiting to every later call, in µs: the control that shows the lab can see an effect. 0 ends it.
   * A remote server takes none and rejects with a `usage` error.
   */
  plantDelay(delayUs: number): Promise<void>;
  /** Ends the server and frees its ports; safe to call twice. */
  stop(): Promise<void>;
}

/** What a server is started with; the same for every kind of host that starts one. */
export interface HostOptions {
  /** Processor to pin a child process to, where `hasTaskset()`; null leaves it to the system. Other kinds share this process. */
  readonly processor?: number | null;
  /** Default 0: any free port. */
  readonly restPort?: number;
  readonly grpcPort?: number;
  /** Address to listen on; default `127.0.0.1`, which only this machine reaches. */
  readonly address?: string;
  /** Largest body or message of either protocol, either way; the servers' own limit when left out. */
  readonly maxMessageBytes?: number;
  /** Names of the works to serve; default all. A server loads only what these need. */
  readonly works?: readonly string[];
  /** How long a thread or process may take to begin to listen; default 20,000. */
  readonly startTimeoutMs?: number;
}
