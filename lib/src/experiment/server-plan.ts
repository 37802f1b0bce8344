import { findArm } from "../arms/registry.js";
import { WirelabError } from "../errors.js";
import type { HostKind } from "../hosts/host.js";
import type { ServerInfo } from "../record/run-info.js";

/** An arm, the server that it calls, and how many processes that is to have. */
interface ServedArm {
  readonly arm: string;
  readonly server: number;
  readonly workers: number;
}

/** The servers that the arms call, each with the protocols that it is called by and the workers that it has. */
export function serversOf(arms: readonly ServedArm[], host: HostKind): readonly ServerInfo[] {
  const called = arms.flatMap(({ arm, server, workers }) => {
    const { protocol } = findArm(arm);
    return protocol === "none" ? [] : [{ server, protocol, workers }];
  });
  return [...new Set(called.map(({ server }) => server))].map((server) => {
    const own = called.filter((one) => one.server === server);
    const protocols = (["rest", "grpc"] as const).filter((name) =>
      own.some(({ protocol }) => protocol === name),
    );
    return {
      server,
      protocols,
      workers: workersOf(
        server,
        own.map(({ workers }) => workers),
        host,
      ),
    };
  });
}

function workersOf(server: number, asked: readonly number[], host: HostKind): number {
  const [workers = 1, other] = new Set(asked);
  if (other !== undefined) {
    throw new WirelabError(
      "usage",
      `Server ${server} cannot have ${workers} and ${other} workers: give arms of another number of workers a server of their own.`,
    );
  }
  if (workers === 1 || host === "child") return workers;
  throw new WirelabError(
    "usage",
    `A server of ${workers} workers runs in processes of its own, not on host ${host}.`,
  );
}
