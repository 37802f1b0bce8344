import { type Bind, ListenError } from "./listen-error.js";
import { formatAddress, type Listening } from "./listening.js";
import { PlantedDelay } from "./planted-delay.js";
import { protocols as bothProtocols, checkProtocols, type Protocol } from "./protocols.js";
import type { ServerOptions } from "./server-options.js";
import { type Identity, loadIdentity, type ServeTls } from "./tls/identity.js";
import { checkWorks, workNames } from "./works.js";

/** Where the servers listen, and what they are made with. */
export interface ServeOptions extends Omit<ServerOptions, "plantedDelay"> {
  /** 0 is any free port. */
  readonly restPort: number;
  readonly grpcPort: number;
  /** Address to listen on; default `127.0.0.1`, which only this machine reaches. */
  readonly host?: string;
  /** Names of the works to serve; default all. Only these are loaded, all of it before anything listens. */
  readonly works?: readonly string[];
  /** Default both. Nothing of the other one is loaded, so what a process uses is this one's. */
  readonly protocols?: readonly Protocol[];
  /** Encrypts both protocols; `{}` makes a certificate. Default: plain. */
  readonly tls?: ServeTls;
}

/** Where servers listen, and how they are called; null where a protocol is not served. */
export interface Addresses {
  /** Like `http://127.0.0.1:5000`. */
  readonly restUrl: string | null;
  /** Like `127.0.0.1:50051`. */
  readonly grpcAddress: string | null;
  /** There where calls are encrypted: what a client has to trust besides what it trusts anyway, as PEM. */
  readonly tls?: { readonly ca?: string };
}

/** Servers that listen. */
export interface RunningServers extends Addresses {
  /** Adds busy waiting to every later call, in µs; 0 ends it. */
  plantDelay(delayUs: number): void;
  /** Ends all at once, open connections and calls under way included; safe to call twice. */
  close(): Promise<void>;
}

/** The same of both protocols. */
export interface RunningBoth extends RunningServers {
  readonly restUrl: string;
  readonly grpcAddress: string;
}

const defaultHost = "127.0.0.1";

type StartProtocol = (
  works: readonly string[],
  bind: Bind,
  options: ServerOptions & { readonly identity: Identity | null },
) => Promise<Listening>;

/** How each protocol is started, imported when it is. */
const starts: Readonly<Record<Protocol, () => Promise<StartProtocol>>> = {
  rest: async () => (await import("./rest.js")).startRest,
  grpc: async () => (await import("./grpc.js")).startGrpc,
};

/**
 * Starts the protocols over the same work, all or none: rejects with a `ListenError` that names the port, or with
 * `WrongOption`.
 *
 * @example
 * const servers = await startServers({ restPort: 0, grpcPort: 0 });
 * await fetch(`${servers.restUrl}/healthz`);
 * await servers.close();
 */
export async function startServers(
  options: ServeOptions & { readonly protocols?: never },
): Promise<RunningBoth>;
export async function startServers(options: ServeOptions): Promise<RunningServers>;
export async function startServers(options: ServeOptions): Promise<RunningServers> {
  checkServeOptions(options);
  return startServersAs(await identityOf(options), options);
}

/** Throws `WrongOption`, or a `ListenError`, for what is wrong before anything is started. */
export function checkServeOptions(options: ServeOptions): void {
  const { restPort, grpcPort, works = workNames, protocols = bothProtocols } = options;
  checkProtocols(protocols);
  checkWorks(works);
  if (protocols.length > 1 && restPort === grpcPort && restPort !== 0) throw samePort(restPort);
}

/** What servers with these options show their clients; null where they do not encrypt. */
export async function identityOf({ tls, host = defaultHost }: ServeOptions): Promise<Identity | null> {
  return tls === undefined ? null : loadIdentity(tls, host);
}

/** The same as {@link startServers} with an identity that is there already: `tls` of the options is not looked at. */
export async function startServersAs(
  identity: Identity | null,
  options: ServeOptions,
): Promise<RunningServers> {
  const { restPort, grpcPort, host = defaultHost, works = workNames, protocols = bothProtocols } = options;
  const plantedDelay = new PlantedDelay();
  const serverOptions = { ...options, plantedDelay, identity };
  const ports = { rest: restPort, grpc: grpcPort };
  const listening: Partial<Record<Protocol, Listening>> = {};
  const close = async () => {
    await Promise.all(Object.values(listening).map((one) => one.close()));
  };
  try {
    for (const protocol of protocols) {
      const start = await starts[protocol]();
      listening[protocol] = await start(works, { host, port: ports[protocol] }, serverOptions);
    }
  } catch (error) {
    await close();
    throw error;
  }
  const { rest, grpc } = listening;
  let closing: Promise<void> | undefined;
  return {
    restUrl:
      rest === undefined
        ? null
        : `${identity === null ? "http" : "https"}://${formatAddress(host, rest.port)}`,
    grpcAddress: grpc === undefined ? null : formatAddress(host, grpc.port),
    ...(identity !== null && { tls: identity.ca === null ? {} : { ca: identity.ca } }),
    plantDelay: (delayUs) => {
      plantedDelay.delayUs = delayUs;
    },
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function samePort(port: number): ListenError {
  return new ListenError(
    "port-in-use",
    `REST and gRPC are both to listen on port ${port}: choose another port for one of them (0 is any free one).`,
  );
}
