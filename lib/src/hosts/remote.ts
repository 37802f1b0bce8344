import { WirelabError } from "../errors.js";
import {
  addressOf,
  type BothEndpoints,
  type Endpoints,
  type Host,
  type Protocol,
  unbracketed,
} from "./host.js";
import { type Found, findHalf, type Lookup, systemLookup } from "./loopback.js";
import { checkGrpc, checkRest } from "./remote-check.js";
import { findServerPids } from "./server-pids.js";
import type { Trust } from "./trust.js";

/** How a remote server is looked for. */
export interface RemoteOptions {
  /** How long each half may take to answer at an address; default 5,000. */
  readonly timeoutMs?: number;
  /** Which halves are looked for; default those that have an address. The host has no address of another. */
  readonly halves?: readonly Protocol[];
  /** Resolves `localhost`; default the system's own. */
  readonly lookup?: Lookup;
}

/**
 * The host of servers that run elsewhere already. The halves that are to be called are asked for their health; when one
 * does not answer, rejects with a `server-failed` error that says which and why. `localhost` becomes the address that answers.
 */
export async function connectRemote(
  endpoints: BothEndpoints,
  options?: RemoteOptions & { readonly halves?: never },
): Promise<Host<BothEndpoints>>;
export async function connectRemote(endpoints: Endpoints, options?: RemoteOptions): Promise<Host>;
export async function connectRemote(endpoints: Endpoints, options: RemoteOptions = {}): Promise<Host> {
  const { timeoutMs = 5_000, lookup = systemLookup, halves = addressed(endpoints) } = options;
  const { tls } = endpoints;
  const rest = halves.includes("rest") ? restHalf(addressOf(endpoints, "rest"), timeoutMs, tls) : null;
  const grpc = halves.includes("grpc") ? grpcHalf(addressOf(endpoints, "grpc"), timeoutMs, tls) : null;
  const [restFound, grpcFound] = await Promise.all([
    rest && findHalf(rest, lookup),
    grpc && findHalf(grpc, lookup),
  ]);
  if (restFound?.ok === false || grpcFound?.ok === false) throw noAnswer(endpoints, restFound, grpcFound);
  return runningHost({
    restUrl: rest && restFound && rest.addressAt(restFound.host),
    grpcAddress: grpc && grpcFound && grpc.addressAt(grpcFound.host),
    ...(tls !== undefined && {
      // A certificate is for the name that was given, not for the address that the name has led to.
      tls: {
        ...tls,
        ...(rest && restFound && restFound.host !== rest.name && { restName: rest.name }),
        ...(grpc && grpcFound && grpcFound.host !== grpc.name && { grpcName: grpc.name }),
      },
    }),
  });
}

/** The host of servers that run there, which nobody looks at but for their processes. */
export async function runningHost(endpoints: Endpoints): Promise<Host> {
  const { restUrl, grpcAddress, tls } = endpoints;
  const rest = restUrl === null ? null : restHalf(restUrl, 0, tls);
  const grpc = grpcAddress === null ? null : grpcHalf(grpcAddress, 0, tls);
  return {
    kind: "remote",
    endpoints,
    pids: await findServerPids({ rest, grpc }),
    // Its calls fail when it dies; there is no process here that could be watched.
    died: new Promise(() => {}),
    plantDelay: async (delayUs) => {
      if (delayUs === 0) return;
      throw new WirelabError("usage", "A delay cannot be planted in a remote server: use the host child.");
    },
    stop: async () => {},
  };
}

function addressed({ restUrl, grpcAddress }: Endpoints): readonly Protocol[] {
  const rest = restUrl === null ? [] : (["rest"] as const);
  return grpcAddress === null ? rest : [...rest, "grpc"];
}

function noAnswer({ restUrl, grpcAddress }: Endpoints, rest: Found | null, grpc: Found | null): WirelabError {
  const start = "start it there, for example with `wirelab servers`, or give another address";
  const restReason = rest?.ok === false ? rest.reason : null;
  const grpcReason = grpc?.ok === false ? grpc.reason : null;
  const advice = (rest?.ok === false && rest.advice) || (grpc?.ok === false && grpc.advice) || start;
  if (restReason !== null && grpcReason !== null) {
    return failure(
      `Neither half of the server answers, REST at ${restUrl} (${restReason}) nor gRPC at ${grpcAddress} (${grpcReason}): ${advice}.`,
    );
  }
  const though = (other: Found | null, where: string) => (other?.ok ? `, though ${where}` : "");
  return grpcReason !== null
    ? failure(
        `gRPC does not answer at ${grpcAddress} (${grpcReason})${though(rest, `REST does at ${restUrl}`)}: ${advice}.`,
      )
    : failure(
        `REST does not answer at ${restUrl} (${restReason})${though(grpc, `gRPC does at ${grpcAddress}`)}: ${advice}.`,
      );
}

const failure = (sentence: string) => new WirelabError("server-failed", sentence);

function restHalf(text: string, timeoutMs: number, trust: Trust | undefined) {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.pathname !== "/") {
    throw new WirelabError(
      "usage",
      `"${text}" is no REST address: give a URL without a path, such as http://192.0.2.1:5000.`,
    );
  }
  if ((url.protocol === "https:") !== (trust !== undefined)) throw halfEncrypted(text, trust);
  const addressAt = (host: string) => {
    const at = new URL(url);
    at.hostname = bracketed(host);
    return at.href.replace(/\/$/, "");
  };
  const host = unbracketed(url.hostname);
  const name = trust?.restName ?? host;
  const port = Number(url.port || (trust === undefined ? 80 : 443));
  const check = (at: string) =>
    checkRest({
      address: addressAt(at),
      host: at,
      port,
      name,
      timeoutMs,
      ...(trust && { trust: { ...trust, ...(at !== name && { restName: name }) } }),
    });
  return { host, name, port, addressAt, check };
}

function grpcHalf(text: string, timeoutMs: number, trust: Trust | undefined) {
  const [, host, port] = /^(\[[^\]]+\]|[^:/]+):(\d+)$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new WirelabError(
      "usage",
      `"${text}" is no gRPC address: give host and port without a scheme, such as 192.0.2.1:50051.`,
    );
  }
  const addressAt = (at: string) => `${bracketed(at)}:${port}`;
  const name = trust?.grpcName ?? unbracketed(host);
  const check = (at: string) =>
    checkGrpc({
      address: addressAt(at),
      host: at,
      port: Number(port),
      name,
      timeoutMs,
      ...(trust && { trust: { ...trust, ...(at !== name && { grpcName: name }) } }),
    });
  return { host: unbracketed(host), name, port: Number(port), addressAt, check };
}

function halfEncrypted(restUrl: string, trust: Trust | undefined): WirelabError {
  return new WirelabError(
    "usage",
    trust === undefined
      ? `${restUrl} is encrypted: say with tls what to trust ({ ca } as PEM, or {} for what Node trusts); it goes for gRPC too.`
      : `${restUrl} is not encrypted, and tls was given: write https://, or leave tls out.`,
  );
}

const bracketed = (host: string) => (host.includes(":") ? `[${host}]` : host);
