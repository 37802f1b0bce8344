import { failedMessage, startServers } from "@wirelab/servers";
import { WirelabError } from "../errors.js";
import { errorCode } from "./first-message.js";
import { endpointsAt, type Host, type HostOptions, sharedProcess } from "./host.js";
import { track } from "./running.js";
import { serveOptions } from "./serve-options.js";

/**
 * Starts both servers in this process, where client and server share one thread: the simplest host, and the one
 * whose figures say least. Rejects with a `WirelabError`.
 */
export async function startInProcess(options: HostOptions = {}): Promise<Host> {
  const starting = startServers(serveOptions(options));
  const stop = async () => {
    untrack();
    await (await starting).close();
  };
  const untrack = track(stop);
  try {
    const servers = await starting;
    // It can't die without this process, so nobody is left to be told.
    const died = new Promise<never>(() => {});
    return {
      kind: "in-process",
      endpoints: endpointsAt(servers),
      pids: sharedProcess,
      died,
      plantDelay: async (delayUs) => servers.plantDelay(delayUs),
      stop,
    };
  } catch (error) {
    untrack();
    const { code, message } = failedMessage(error);
    throw new WirelabError(errorCode(code), message, { cause: error });
  }
}
