import { readFile } from "node:fs/promises";
import type { ServerPids } from "./host.js";
import { type PortUser, portUsers } from "./port-users.js";
import { parseProcessStat } from "./process-stat.js";

interface Address {
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
}

/**
 * The processes behind addresses at which servers answer, where those are of this machine and the system lets us see
 * them; null is a protocol that is not called. What listens there is taken for the server, unless its name is that of a
 * program that only passes calls on.
 */
export async function findServerPids(addresses: {
  rest: Address | null;
  grpc: Address | null;
}): Promise<ServerPids> {
  const [rest, grpc] = await Promise.all([findPid(addresses.rest), findPid(addresses.grpc)]);
  const missing = [rest, grpc].find((found) => typeof found === "string");
  return {
    rest: typeof rest === "number" ? rest : null,
    grpc: typeof grpc === "number" ? grpc : null,
    missing: typeof missing === "string" ? missing : null,
  };
}

/** Proxies and tunnels by the names that the system shows, which it cuts to 15 letters. */
const forwarders: ReadonlySet<string> = new Set([
  ...["docker-proxy", "rootlesskit", "rootlessport", "slirp4netns", "pasta", "passt", "gvproxy", "kubectl"],
  ...["ssh", "sshd", "sshd-session", "autossh", "socat", "stunnel", "stunnel4", "cloudflared", "ngrok"],
  ...["nginx", "haproxy", "envoy", "traefik", "caddy", "varnishd", "linkerd2-proxy", "toxiproxy-serve"],
]);

/** A pid, or why there is none; null where there is no server. */
async function findPid(address: Address | null): Promise<number | string | null> {
  if (address === null) return null;
  const { host, port } = address;
  if (!isLoopback(host)) return `the server at ${host} is not on this machine's loopback address`;
  const listening = await portUsers(port);
  const forwarder = listening.find(({ name }) => forwarders.has(name));
  if (forwarder !== undefined) {
    return `what listens on port ${port} is ${forwarder.name}, which only passes calls on`;
  }
  const users = await heads(listening);
  const [user, ...others] = users;
  if (user === undefined) return `the process that listens on port ${port} cannot be seen`;
  if (others.length > 0) return `several processes listen on port ${port}`;
  if (user.pid === process.pid) return "the server shares the process that drives the measurement";
  return user.pid;
}

function isLoopback(host: string): boolean {
  return host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Without those whose parent listens too: workers of one server, whose time is counted with their parent's. */
async function heads(users: readonly PortUser[]): Promise<readonly PortUser[]> {
  if (users.length < 2) return users;
  const parents = await Promise.all(users.map(({ pid }) => parentOf(pid)));
  return users.filter((_, index) => !users.some(({ pid }) => pid === parents[index]));
}

async function parentOf(pid: number): Promise<number | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return parseProcessStat(text)?.parent ?? null;
}
