import { isRung, rungPath } from "@wirelab/servers";
import { WirelabError } from "../errors.js";
import { startChild } from "./child.js";
import type { BothEndpoints, Endpoints, Host, HostKind, HostOptions } from "./host.js";
import { startInProcess } from "./in-process.js";
import { startPythonServer } from "./python/server.js";
import { connectRemote, type RemoteOptions } from "./remote.js";
import { startWorker } from "./worker.js";

export { tlsOption } from "@wirelab/servers";

/**
 * Brings a server up where `kind` says; `remote` starts nothing, it looks whether the server answers at the
 * addresses of `remote`. Rejects with a `WirelabError`, and then leaves nothing running.
 *
 * @example
 * const host = await startHost("child");
 * console.log(host.endpoints.restUrl);
 * await host.stop();
 */
export async function startHost(
  kind: HostKind,
  options?: HostOptions & { readonly protocols?: never },
  remote?: BothEndpoints & RemoteOptions,
): Promise<Host<BothEndpoints>>;
export async function startHost(
  kind: HostKind,
  options: HostOptions,
  remote?: Endpoints & RemoteOptions,
): Promise<Host>;
export async function startHost(
  kind: HostKind,
  options: HostOptions = {},
  remote?: Endpoints & RemoteOptions,
): Promise<Host> {
  if (options.program !== undefined && options.program !== "node" && kind !== "child") {
    throw new WirelabError(
      "usage",
      `The program ${options.program} runs in a process of its own, not on host ${kind}: use the host child.`,
    );
  }
  if (options.workers !== undefined && options.workers > 1 && kind !== "child") {
    throw new WirelabError(
      "usage",
      `Only servers in a process of their own can have workers, not host ${kind}: use the host child.`,
    );
  }
  switch (kind) {
    case "in-process":
      return startInProcess(options);
    case "worker":
      return startWorker(options);
    case "child":
      return startProgram(options);
    case "remote":
      if (remote !== undefined) return connectRemote(remote, remote);
      throw new WirelabError(
        "usage",
        'The host "remote" needs the addresses of its servers: give restUrl (http://192.0.2.1:5000) and grpcAddress (192.0.2.1:50051).',
      );
    default:
      // Notebook cells are not type-checked strictly.
      throw new WirelabError(
        "usage",
        `There is no host "${String(kind)}"; choose in-process, worker, child or remote.`,
      );
  }
}

function startProgram({ program = "node", ...options }: HostOptions): Promise<Host> {
  if (program === "node") return startChild(options);
  return isRung(program) ? startChild(options, rungPath(program)) : startPythonServer(program, options);
}
