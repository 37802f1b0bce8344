import type { Endpoints, Host } from "../hosts/host.js";
import { type Link, startLink } from "../hosts/link/start.js";
import { runningHost } from "../hosts/remote.js";
import { startHost } from "../hosts/start.js";
import type { ServerInfo } from "../record/run-info.js";
import type { Plan } from "./plan/plan.js";
import { findOperation } from "./plan/service-plan.js";

/** One server of a pair, and the link that leads to it where the plan has one. */
export interface PairServer {
  readonly host: Host;
  readonly link: Link | null;
  /** Where a client calls it. */
  readonly endpoints: Endpoints;
}

/** The servers of a pair by their numbers in the plan; one that no arm calls over a network is not there. */
export type PairServers = ReadonlyMap<number, PairServer>;

/** Echoes that a round trip is measured by: enough that a few late ones do not move its median. */
const pings = 11;

/** Fills `servers` with all servers of the plan; when one cannot be started, the others are in there to be stopped. */
export async function startServers(
  plan: Plan,
  servers: Map<number, PairServer>,
  { processor, pair }: { processor: number | null; pair: number },
): Promise<void> {
  const started = await Promise.allSettled(
    plan.servers.map(async (info) => {
      const number = info.server;
      const host = await startOne(plan, { ...info, processor });
      servers.set(number, { host, link: null, endpoints: host.endpoints });
      if (plan.link === null) return;
      const path = await startLink({ ...plan.link, targets: host.endpoints, seed: plan.seed + pair });
      servers.set(number, { host, link: path, endpoints: path.endpoints });
    }),
  );
  for (const one of started) if (one.status === "rejected") throw one.reason;
}

/** Processes of this machine that serve remote servers, which nobody here has started; as far as they can be seen. */
export function remotePids(servers: PairServers): readonly number[] {
  const remote = [...servers.values()].filter(({ host }) => host.kind === "remote");
  return remote.flatMap(({ host: { pids } }) => [pids.rest, pids.grpc].filter((pid) => pid !== null));
}

/** A half of a remote server that no arm calls may be down. */
function startOne(
  { host, work, remote, node, service, arms }: Plan,
  { server, tls, ...how }: ServerInfo & { readonly processor: number | null },
): Promise<Host> {
  if (service !== null) {
    const operation = arms.find((arm) => arm.server === server)?.operation ?? "";
    return runningHost(findOperation(service, operation).endpoints);
  }
  const options = {
    ...how,
    works: [work],
    ...(tls && { tls: {} }),
    ...(node !== null && { node: node.path }),
  };
  return startHost(host, options, remote === null ? undefined : { ...remote, halves: how.protocols });
}

/** The round trip of a pair's link in ms, measured on it now; null where there is none. */
export async function pingLink(servers: PairServers): Promise<number | null> {
  const [server] = servers.values();
  if (server === undefined || server.link === null) return null;
  const sorted = Float64Array.from(await server.link.ping(pings)).sort();
  return sorted[Math.floor(pings / 2)] as number;
}

/** Ends links and servers, however many had been started. */
export async function stopServers(servers: PairServers): Promise<void> {
  await Promise.all(
    [...servers.values()].map(async ({ host, link }) => {
      await link?.stop();
      await host.stop();
    }),
  );
}
