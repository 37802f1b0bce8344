import type { EntryMessage, FailureCode } from "@wirelab/servers";
import { type ErrorCode, WirelabError } from "../errors.js";
import { type Endpoints, endpointsAt, type ServerDeath } from "./host.js";

/** How long a server may take to begin to listen; it takes about half a second on an idle machine. */
export const defaultStartTimeoutMs = 20_000;

/** What a server in a thread or process of its own says and does while it starts. */
export interface Starting {
  /** In words: `child process`, `worker thread`. */
  readonly where: string;
  /** What to run to see it start by itself. */
  readonly byItself: string;
  readonly timeoutMs: number;
  /** The next message that it sends. */
  nextMessage(): Promise<EntryMessage>;
  /** Its end, for whatever reason. */
  readonly ended: Promise<ServerDeath>;
}

/** Where the server listens; rejects with a `WirelabError` when it refuses, ends, or takes too long. */
export async function firstMessage({
  where,
  byItself,
  timeoutMs,
  nextMessage,
  ended,
}: Starting): Promise<Endpoints> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    const sentence = `The server in a ${where} did not begin to listen within ${timeoutMs} ms: look for what keeps this machine busy, or give it longer (startTimeoutMs).`;
    timer = setTimeout(() => reject(new WirelabError("server-failed", sentence)), timeoutMs);
  });
  const endedEarly = ended.then((death): never => {
    throw new WirelabError(
      "server-failed",
      `The server in a ${where} ended before it listened (${describeDeath(death)}): run ${byItself} to see it start by itself.`,
    );
  });
  try {
    return endpointsOf(await Promise.race([nextMessage(), endedEarly, tooLate]));
  } finally {
    clearTimeout(timer);
  }
}

function endpointsOf(message: EntryMessage): Endpoints {
  if (message.type === "listening") return endpointsAt(message);
  if (message.type !== "failed")
    throw new WirelabError("server-failed", `The server began with "${message.type}".`);
  throw new WirelabError(errorCode(message.code), message.message);
}

/** What a server's failure to start is to us. */
export function errorCode(code: FailureCode): ErrorCode {
  if (code === "port-in-use") return "port-in-use";
  return code === "wrong-option" ? "usage" : "server-failed";
}

/** A death in words: `exit status 1; it said: …`. */
export function describeDeath({ exitCode, signal, lastWords }: ServerDeath): string {
  const how = signal === null ? `exit status ${exitCode}` : `killed by ${signal}`;
  return lastWords === "" ? how : `${how}; it said: ${lastWords}`;
}
