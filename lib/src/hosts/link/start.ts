import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { WirelabError } from "../../errors.js";
import { forkClean } from "../fork-clean.js";
import type { Endpoints } from "../host.js";
import { lastLines } from "../last-lines.js";
import { track } from "../running.js";
import type { LinkMessage, LinkRequest, LinkStart } from "./messages.js";
import type { LinkParameters } from "./parameters.js";
import type { Target } from "./relay.js";

const mainPath = fileURLToPath(new URL("../../../dist/hosts/link/main.js", import.meta.url));

/** How long its process may take to begin to listen. */
const startTimeoutMs = 20_000;

/** How long its process may take to go by itself before it is killed. */
const graceMs = 2_000;

/** A running link. */
export interface Link {
  /** The servers as they are reached over it. */
  readonly endpoints: Endpoints;
  readonly pid: number | null;
  /** Round trips of a few bytes over the link to an echo of its own, in ms. */
  ping(count: number): Promise<readonly number[]>;
  /** Ends it and every connection over it; safe to call twice. */
  stop(): Promise<void>;
}

/** What a link leads to, and how. */
export interface LinkOptions extends LinkParameters {
  readonly targets: Endpoints;
  /** Seed of jitter and stalls. */
  readonly seed: number;
}

/**
 * Puts a modelled network path before servers: round trip, handshake, slow start, jitter, bandwidth and stalls, in user
 * space, in a process of its own. It is a model, held to its formulas by tests; what it leaves out is loss itself, and
 * that a window closes again when a connection idles. Rejects with `server-failed`, and then leaves nothing running.
 *
 * @example
 * const link = await startLink({ targets: host.endpoints, roundTripMs: 35.594, jitterMs: 0, bandwidthMbps: null, slowStart: true, stalls: null, seed: 1 });
 */
export async function startLink({ targets, seed, ...link }: LinkOptions): Promise<Link> {
  const start: LinkStart = {
    targets: { rest: targetOf(targets.restUrl), grpc: targetOf(`http://${targets.grpcAddress}`) },
    link,
    seed,
  };
  const child = forkClean(mainPath, { args: [JSON.stringify(start)] });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.on("error", () => {
      if (child.pid === undefined) resolve();
    });
  });
  const words = child.stderr === null ? () => "" : lastLines(child.stderr);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    untrack();
    stopping ??= end(child, ended);
    return stopping;
  };
  const untrack = track(stop);
  try {
    const listening = await nextMessage(child, { ended, words, timeoutMs: startTimeoutMs });
    if (listening.type !== "listening")
      throw failed(listening.type === "failed" ? listening.message : listening.type);
    return {
      endpoints: {
        restUrl: `http://127.0.0.1:${listening.restPort}`,
        grpcAddress: `127.0.0.1:${listening.grpcPort}`,
      },
      pid: child.pid ?? null,
      ping: async (count) => {
        const answer = nextMessage(child, { ended, words, timeoutMs: pingTimeoutMs(link, count) });
        child.send({ type: "ping", count } satisfies LinkRequest);
        const message = await answer;
        if (message.type !== "pinged") throw failed(`it answered a ping with ${message.type}`);
        return message.tookMs;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ten times what the pings should take, handshake included. */
function pingTimeoutMs({ roundTripMs, jitterMs }: LinkParameters, count: number): number {
  return 10 * (count + 2) * (roundTripMs + 2 * jitterMs) + startTimeoutMs;
}

function targetOf(url: string): Target {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[(.*)\]$/, "$1"), port: Number(port) };
}

interface Waiting {
  readonly ended: Promise<void>;
  readonly words: () => string;
  readonly timeoutMs: number;
}

async function nextMessage(child: ChildProcess, { ended, words, timeoutMs }: Waiting): Promise<LinkMessage> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      new Promise<LinkMessage>((resolve) => child.once("message", (it) => resolve(it as LinkMessage))),
      ended.then(() => {
        throw failed(`its process ended; it said: ${words()}`);
      }),
      new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(failed(`it said nothing for ${timeoutMs} ms`)), timeoutMs);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(why: string): WirelabError {
  return new WirelabError(
    "server-failed",
    `The link between client and server failed: ${why}. Measure again, or without a link.`,
  );
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(timer);
}
