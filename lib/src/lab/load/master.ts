import { isIPv4 } from "node:net";
import { WirelabError } from "../../errors.js";
import type { Endpoints } from "../../hosts/host.js";
import type { Engine } from "./engine-names.js";

/** What is known of a load whose workers join from elsewhere. */
interface Surroundings {
  readonly engine: Engine;
  /** Null where the lab starts the servers. */
  readonly remote: Endpoints | null;
}

/**
 * A `usage` error for a master that its workers cannot reach, or that would send them to servers of their own machines: what
 * listens there is another server, or none.
 */
export function checkMaster({ host }: { readonly host: string }, { engine, remote }: Surroundings): void {
  if (engine !== "locust") throw wrong("Only Locust has a master that workers join: take the engine locust");
  if (!isIPv4(host) || host === "0.0.0.0") {
    throw wrong(
      `Locust's master listens on the one IPv4 address by which its workers reach it, such as 10.0.0.5, not on ${host}`,
    );
  }
  if (isLoopback(host)) return;
  if (remote === null) {
    throw wrong(
      "Servers that the lab starts listen on this machine's loopback, where workers elsewhere cannot call them: give the addresses of servers that run already",
    );
  }
  const { restUrl, grpcAddress } = remote;
  const near = [restUrl?.replace(/^https?:\/\//, ""), grpcAddress].find(
    (address) => address && isLoopback(address),
  );
  if (near) {
    throw wrong(
      `Workers elsewhere would call ${near} on their own machines: give the address by which they reach the server`,
    );
  }
}

function isLoopback(address: string): boolean {
  return /^(127\.|localhost\b|\[::1\])/.test(address);
}

function wrong(sentence: string): WirelabError {
  return new WirelabError("usage", `${sentence}.`);
}
