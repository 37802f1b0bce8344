import type { EntryRequest } from "@wirelab/servers";
import { firstMessage, type Starting } from "./first-message.js";
import type { Host, HostKind, ServerDeath, ServerPids } from "./host.js";
import { track } from "./running.js";

/** A server that was started in a thread or process of its own. */
export interface Started extends Starting {
  readonly kind: HostKind;
  readonly pids: ServerPids;
  ask(request: EntryRequest): void;
  /** Ends it, however it is; resolves when it is gone. */
  end(): Promise<void>;
}

/** The host of a server that has just been started, once it listens; a start that fails leaves nothing running. */
export async function startedHost(started: Started): Promise<Host> {
  let stopping: Promise<void> | undefined;
  const stop = () => {
    untrack();
    stopping ??= started.end();
    return stopping;
  };
  const untrack = track(stop);
  const died = new Promise<ServerDeath>((resolve) => {
    started.ended.then((death) => {
      untrack();
      if (stopping === undefined) resolve(death);
    });
  });
  let plantedUs = 0;
  const plantDelay = async (delayUs: number) => {
    if (delayUs === plantedUs) return;
    plantedUs = delayUs;
    const planted = started.nextMessage();
    started.ask({ type: "plant-delay", delayUs });
    // A server that has ended will not answer; its death is told by `died`.
    await Promise.race([planted, started.ended]);
  };
  try {
    const endpoints = await firstMessage(started);
    return { kind: started.kind, endpoints, pids: started.pids, died, plantDelay, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
