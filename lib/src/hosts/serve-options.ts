import type { ServeOptions } from "@wirelab/servers";
import type { HostOptions } from "./host.js";

/** What the servers themselves take of a host's options. */
export function serveOptions({
  restPort = 0,
  grpcPort = 0,
  address,
  maxMessageBytes,
  works,
  protocols,
}: HostOptions): ServeOptions {
  return {
    restPort,
    grpcPort,
    ...(address !== undefined && { host: address }),
    ...(maxMessageBytes !== undefined && { maxMessageBytes }),
    ...(works !== undefined && { works }),
    ...(protocols !== undefined && { protocols }),
  };
}

/** The same as the arguments of the servers' own process. */
export function serveArguments(options: HostOptions): string[] {
  const { restPort, grpcPort, host, maxMessageBytes, works, protocols } = serveOptions(options);
  return [
    ["--rest-port", restPort],
    ["--grpc-port", grpcPort],
    ["--host", host],
    ["--max-message", maxMessageBytes],
    ["--works", works?.join(",")],
    ["--protocols", protocols?.join(",")],
  ].flatMap(([name, value]) => (value === undefined ? [] : [String(name), String(value)]));
}
