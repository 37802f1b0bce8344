import type { Addresses, Protocol, ServeTls } from "@wirelab/servers";
import { WirelabError } from "../errors.js";
import type { Program } from "./program.js";
import type { Trust } from "./trust.js";

export type { Protocol };

/** Where one set of servers listens; null where a protocol is not served, or not to be called. */
export interface Endpoints {
  /** Like `http://127.0.0.1:5000`. */
  readonly restUrl: string | null;
  /** Like `127.0.0.1:50051`. */
  readonly grpcAddress: string | null;
  /** There where calls are encrypted, and `restUrl` is `https://…`. */
  readonly tls?: Trust;
}

/** The same of both protocols. */
export interface BothEndpoints extends Endpoints {
  readonly restUrl: string;
  readonly grpcAddress: string;
}

/** Those of servers that have said where they listen. */
export function endpointsAt({ restUrl, grpcAddress, tls }: Addresses): Endpoints {
  return { restUrl, grpcAddress, ...(tls !== undefined && { tls }) };
}

/** Where there is nothing to call. */
export const noEndpoints: Endpoints = { restUrl: null, grpcAddress: null };

/** Where a protocol is called; a protocol that has no address is a `usage` error. */
export function addressOf({ restUrl, grpcAddress }: Endpoints, protocol: Protocol): string {
  const address = protocol === "rest" ? restUrl : grpcAddress;
  if (address !== null) return address;
  const [words, option] = protocol === "rest" ? ["REST", "restUrl"] : ["gRPC", "grpcAddress"];
  throw new WirelabError("usage", `There is no ${words} server to call: give its address (${option}).`);
}

/** Of an address of IPv6 in brackets, as it stands in a URL, the address; any other host as it is. */
export function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, "$1");
}

/** Where the server runs, seen from the notebook. */
export type HostKind = "in-process" | "worker" | "child" | "remote";

/** Whether a server there shares the client's process, so that neither speaks for itself. */
export const sharesProcess = (host: HostKind): boolean => host === "in-process" || host === "worker";

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

/** A running server: the protocols that it was started for, over the same work. */
export interface Host<Served extends Endpoints = Endpoints> {
  readonly kind: HostKind;
  readonly endpoints: Served;
  readonly pids: ServerPids;
  /** Settles only if the server ends without `stop()`. */
  readonly died: Promise<ServerDeath>;
  /**
   * Adds busy waiting to every later call, in µs: the control that shows the lab can see an effect. 0 ends it.
   * A remote server takes none and rejects with a `usage` error.
   */
  plantDelay(delayUs: number): Promise<void>;
  /** How many calls it has been asked so far, by all of its workers together, health aside; left out where it does not count. */
  count?(): Promise<number>;
  /** Ends the server and frees its ports; safe to call twice. */
  stop(): Promise<void>;
}

/** What a server is started with; the same for every kind of host that starts one. */
export interface HostOptions {
  /** Processor to pin a child process to, where `hasTaskset()`; null leaves it to the system. Other kinds share this process. */
  readonly processor?: number | null;
  /** Path of the Node that a child process of the program `node` runs on; default: this one. */
  readonly node?: string;
  /** Default 0: any free port. */
  readonly restPort?: number;
  readonly grpcPort?: number;
  /** Address to listen on; default `127.0.0.1`, which only this machine reaches. */
  readonly address?: string;
  /** Largest body or message of either protocol, either way; the servers' own limit when left out. */
  readonly maxMessageBytes?: number;
  /** What a client may have on the way to the gRPC server without its leave; grpc-js' own 65,535 when left out. */
  readonly windowBytes?: number | undefined;
  /** Names of the works to serve; default all. A server loads only what these need. */
  readonly works?: readonly string[];
  /** What serves; one of the posts' stacks needs Python, and runs as host `child` only. Default `node`. */
  readonly program?: Program;
  /** Default both; nothing of the other one is loaded. */
  readonly protocols?: readonly Protocol[];
  /** Processes that share the ports, each connection with one of them; only the host `child` has more than one. Default 1. */
  readonly workers?: number;
  /** Encrypts both; `{}` makes a certificate at start. Default: plain. */
  readonly tls?: ServeTls;
  /** How long a thread or process may take to begin to listen; default 20,000. */
  readonly startTimeoutMs?: number;
}
