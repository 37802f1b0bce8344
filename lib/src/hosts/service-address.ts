import { connect, isIP } from "node:net";
import { WirelabError } from "../errors.js";
import { because, type Check, silence } from "./check.js";
import { checkHandshake } from "./handshake.js";
import { findHalf, type Lookup, systemLookup } from "./loopback.js";
import type { Trust } from "./trust.js";

/** A server of somebody's, as it was written. */
export interface ServiceAddress {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  /** There where it is encrypted. */
  readonly trust?: Trust | undefined;
  /** The name that its certificate must be for. */
  readonly name: string;
}

/** Who may be called, and how long a look may take. */
export interface SearchOptions {
  /** Hosts besides this machine's loopback address, by their names. */
  readonly allowHosts: readonly string[];
  readonly timeoutMs: number;
  /** Default: the system's own. */
  readonly lookup?: Lookup;
  /** Waited for before a host that is not this machine's is connected to; default: nothing is. */
  readonly turn?: () => Promise<void>;
}

/** Where a server was found. */
export interface FoundService {
  /** The host that calls go to: of `localhost` the address that answers. */
  readonly host: string;
  /** Whether that is not this machine's loopback address. */
  readonly elsewhere: boolean;
}

/**
 * Looks whether something listens there, and speaks TLS where it is to. A host that is neither loopback nor allowed is a `usage`
 * error, before anything is sent; one that does not answer `server-failed`. `where` begins the message.
 */
export async function findService(
  address: ServiceAddress,
  { allowHosts, timeoutMs, lookup = systemLookup, turn }: SearchOptions,
  where: string,
): Promise<FoundService> {
  const { host, port } = address;
  const elsewhere = !(await isLoopback(host, lookup));
  if (elsewhere && !allowHosts.some((name) => name.toLowerCase() === host.toLowerCase())) {
    throw new WirelabError(
      "usage",
      `${where} calls ${host}, which is not this machine's loopback address: only if it is yours to load, allow it by name (allowHosts: ["${host}"], or wirelab run … --allow-host ${host}).`,
    );
  }
  if (elsewhere) await turn?.();
  const check = (at: string) => checkAt({ ...address, host: at }, timeoutMs);
  const found = await findHalf({ host, check }, lookup);
  if (found.ok) return { host: found.host, elsewhere };
  throw new WirelabError(
    "server-failed",
    `${where}: ${host}:${port} does not answer (${found.reason}): ${found.advice ?? "start it there, or give another address"}.`,
  );
}

/** 127.0.0.0/8, ::1, and `localhost` where it leads nowhere else. */
async function isLoopback(host: string, lookup: Lookup): Promise<boolean> {
  if (isIP(host) === 4) return host.startsWith("127.");
  if (isIP(host) === 6) return host === "::1";
  if (host !== "localhost") return false;
  const addresses = await lookup(host).catch((): readonly string[] => []);
  return addresses.every((address) => /^(127\.|::1$)/.test(address));
}

async function checkAt({ host, port, name, trust }: ServiceAddress, timeoutMs: number): Promise<Check> {
  const listens = await checkListening(host, port, timeoutMs);
  if (!listens.ok || trust === undefined) return listens;
  return checkHandshake({ host, port, name, timeoutMs }, trust);
}

function checkListening(host: string, port: number, timeoutMs: number): Promise<Check> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (check: Check) => {
      socket.destroy();
      resolve(check);
    };
    socket.once("connect", () => end({ ok: true }));
    socket.once("timeout", () => end({ ok: false, reason: silence(timeoutMs) }));
    socket.once("error", (error: NodeJS.ErrnoException) =>
      end({ ok: false, reason: because(error.code ?? error.message) }),
    );
  });
}
