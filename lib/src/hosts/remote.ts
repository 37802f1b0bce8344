import { WirelabError } from "../errors.js";
import type { Endpoints, Host } from "./host.js";
import { type Found, findHalf, type Lookup, systemLookup } from "./loopback.js";
import { checkGrpc, checkRest } from "./remote-check.js";
import { findServerPids } from "./server-pids.js";

/** One protocol of a remote server. */
export type RemoteHalf = "rest" | "grpc";

/** How a remote server is looked for. */
export interface RemoteOptions {
  /** How long each half may take to answer at an address; default 5,000. */
  readonly timeoutMs?: number;
  /** Which halves are looked for; default both. The address of the other is handed on as it is. */
  readonly halves?: readonly RemoteHalf[];
  /** Resolves `localhost`; default the system's own. */
  readonly lookup?: Lookup;
}

/**
 * The host of servers that run elsewhere already. Both halves are asked for their health unless only one of them is to be
 * called; when one does not answer, rejects with a `server-failed` error that says which and why. `localhost` becomes the address that answers.
 */
export async function connectRemote(endpoints: Endpoints, options: RemoteOptions = {}): Promise<Host> {
  const { timeoutMs = 5_000, lookup = systemLookup, halves = ["rest", "grpc"] } = options;
  const unasked = async (host: string): Promise<Found> => ({ ok: true, host });
  const restUrl = parseRestUrl(endpoints.restUrl);
  const grpc = parseGrpcAddress(endpoints.grpcAddress);
  const restHost = unbracketed(restUrl.hostname);
  const grpcAt = (host: string) => `${bracketed(host)}:${grpc.port}`;
  const [restFound, grpcFound] = await Promise.all([
    halves.includes("rest")
      ? findHalf({ host: restHost, check: (host) => checkRest(urlAt(restUrl, host), timeoutMs) }, lookup)
      : unasked(restHost),
    halves.includes("grpc")
      ? findHalf({ host: grpc.host, check: (host) => checkGrpc(grpcAt(host), timeoutMs) }, lookup)
      : unasked(grpc.host),
  ]);
  if (!restFound.ok || !grpcFound.ok) throw noAnswer(endpoints, restFound, grpcFound, halves);
  return {
    kind: "remote",
    endpoints: {
      restUrl: urlAt(restUrl, restFound.host),
      grpcAddress: grpcAt(grpcFound.host),
    },
    pids: await findServerPids({
      rest: { host: restFound.host, port: Number(restUrl.port || 80) },
      grpc: { host: grpcFound.host, port: grpc.port },
    }),
    // Its calls fail when it dies; there is no process here that could be watched.
    died: new Promise(() => {}),
    plantDelay: async (delayUs) => {
      if (delayUs === 0) return;
      throw new WirelabError("usage", "A delay cannot be planted in a remote server: use the host child.");
    },
    stop: async () => {},
  };
}

function noAnswer(
  { restUrl, grpcAddress }: Endpoints,
  rest: Found,
  grpc: Found,
  halves: readonly RemoteHalf[],
): WirelabError {
  const start = "start it there, for example with `wirelab servers`, or give another address";
  const restReason = rest.ok ? "answers" : rest.reason;
  const grpcReason = grpc.ok ? "answers" : grpc.reason;
  if (!rest.ok && !grpc.ok) {
    return failure(
      `Neither half of the server answers, REST at ${restUrl} (${restReason}) nor gRPC at ${grpcAddress} (${grpcReason}): ${start}.`,
    );
  }
  const both = halves.length > 1;
  return rest.ok
    ? failure(
        `gRPC does not answer at ${grpcAddress} (${grpcReason})${both ? `, though REST does at ${restUrl}` : ""}: ${start}.`,
      )
    : failure(
        `REST does not answer at ${restUrl} (${restReason})${both ? `, though gRPC does at ${grpcAddress}` : ""}: ${start}.`,
      );
}

const failure = (sentence: string) => new WirelabError("server-failed", sentence);

function parseRestUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "http:" && url.pathname === "/") return url;
  throw new WirelabError(
    "usage",
    `"${text}" is no REST address: give a URL without a path, such as http://192.0.2.1:5000.`,
  );
}

function parseGrpcAddress(text: string): { host: string; port: number } {
  const [, host, port] = /^(\[[^\]]+\]|[^:/]+):(\d+)$/.exec(text) ?? [];
  if (host !== undefined && Number(port) <= 65_535) return { host: unbracketed(host), port: Number(port) };
  throw new WirelabError(
    "usage",
    `"${text}" is no gRPC address: give host and port without a scheme, such as 192.0.2.1:50051.`,
  );
}

function urlAt(url: URL, host: string): string {
  const at = new URL(url);
  at.hostname = bracketed(host);
  return at.href.replace(/\/$/, "");
}

const bracketed = (host: string) => (host.includes(":") ? `[${host}]` : host);
const unbracketed = (host: string) => host.replace(/^\[(.*)\]$/, "$1");
