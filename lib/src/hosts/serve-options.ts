import type { ServeOptions } from "@wirelab/servers";
import type { HostOptions } from "./host.js";

/** What the servers themselves take of a host's options. */
export function serveOptions({
  restPort = 0,
  grpcPort = 0,
  address,
  maxMessageBytes,
  windowBytes,
  works,
  protocols,
  tls,
}: HostOptions): ServeOptions {
  return {
    restPort,
    grpcPort,
    ...(address !== undefined && { host: address }),
    ...(maxMessageBytes !== undefined && { maxMessageBytes }),
    ...(windowBytes !== undefined && { windowBytes }),
    ...(works !== undefined && { works }),
    ...(protocols !== undefined && { protocols }),
    ...(tls !== undefined && { tls }),
  };
}

/** The same as the arguments of the servers' own process, which alone can have workers. */
export function serveArguments(options: HostOptions): string[] {
  const { restPort, grpcPort, host, works, protocols, tls, ...limits } = serveOptions(options);
  const named = [
    ["--rest-port", restPort],
    ["--grpc-port", grpcPort],
    ["--host", host],
    ["--max-message", limits.maxMessageBytes],
    ["--grpc-window", limits.windowBytes],
    ["--works", works?.join(",")],
    ["--protocols", protocols?.join(",")],
    ["--workers", options.workers],
    ["--tls-cert", tls?.certFile],
    ["--tls-key", tls?.keyFile],
    ["--tls-ca-out", tls?.caOutFile],
  ].flatMap(([name, value]) => (value === undefined ? [] : [String(name), String(value)]));
  return tls === undefined ? named : [...named, "--tls"];
}
