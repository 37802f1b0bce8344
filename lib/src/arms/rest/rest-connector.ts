import { connect as connectTcp } from "node:net";
import { buildConnector } from "undici";
import { connectorOptions, type Trust } from "../../hosts/trust.js";
import type { WireMeter } from "../wire.js";

/** undici's own way of connecting, with what goes over each connection counted by `wire`. */
export function countedConnector(trust: Trust | undefined, wire: WireMeter): buildConnector.connector {
  const connect = buildConnector(connectorOptions(trust));
  if (trust === undefined) {
    return (options, callback) =>
      connect(options, (...result) => {
        const [error, socket] = result;
        if (error === null) wire.count(socket);
        callback(...result);
      });
  }
  // TLS goes over a socket that is made here, because only that one knows the encrypted bytes.
  return (options, callback) => {
    const httpSocket = connectTcp({ host: options.hostname, port: Number(options.port) || 443 });
    wire.count(httpSocket);
    connect({ ...options, httpSocket }, callback);
  };
}
