import { fileURLToPath } from "node:url";
import { WirelabError } from "../../errors.js";
import { describeDeath } from "../first-message.js";
import { forkClean } from "../fork-clean.js";
import type { ServerDeath } from "../host.js";
import { lastLines } from "../last-lines.js";
import { track } from "../running.js";
import type { LinkArguments, LinkMessage, ShapeRequest } from "./messages.js";

const mainPath = fileURLToPath(new URL("../../../dist/hosts/link/main.js", import.meta.url));
/** How long it may take to go by itself before it is killed. */
const graceMs = 2_000;

/** A link's process, seen from whoever started it. */
export interface LinkProcess {
  readonly pid: number | null;
  /** Settles only if it ends without `stop()`. */
  readonly died: Promise<ServerDeath>;
  /** The next that it tells; rejects with a `WirelabError` when it fails, ends, or takes too long. */
  next(timeoutMs: number): Promise<Exclude<LinkMessage, { type: "failed" }>>;
  ask(request: ShapeRequest): void;
  stop(): Promise<void>;
}

/** Forks a link's process, which ends when this one does, however that happens. */
export function forkLink(linkArguments: LinkArguments, processor: number | null): LinkProcess {
  const child = forkClean(mainPath, { args: [JSON.stringify(linkArguments)], processor });
  const { stderr } = child;
  if (stderr === null) throw new Error("a forked link has its stderr as a pipe");
  const words = lastLines(stderr);
  // What it said is complete when stderr has closed; Node leaves the child's own "close" out after `disconnect()`.
  const silent = new Promise((resolve) => stderr.once("close", resolve));
  const ended = new Promise<ServerDeath>((resolve) => {
    child.once("exit", async (exitCode, signal) => {
      await silent;
      resolve({ exitCode, signal, lastWords: words() });
    });
    // Also told of a message that comes too late to be sent, which its end explains.
    child.on("error", ({ message }) => {
      if (child.pid === undefined) resolve({ exitCode: null, signal: null, lastWords: message });
    });
  });
  let stopping: Promise<void> | undefined;
  const end = async () => {
    if (child.connected) child.disconnect();
    const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
    await ended;
    clearTimeout(timer);
  };
  const stop = () => {
    untrack();
    stopping ??= end();
    return stopping;
  };
  const untrack = track(stop);
  const died = new Promise<ServerDeath>((resolve) => {
    ended.then((death) => {
      untrack();
      if (stopping === undefined) resolve(death);
    });
  });
  const next = async (timeoutMs: number) => {
    const message = await nextOf(timeoutMs);
    if (message.type !== "failed") return message;
    throw new WirelabError(message.code === "port-in-use" ? "port-in-use" : "server-failed", message.message);
  };
  const nextOf = (timeoutMs: number) =>
    new Promise<LinkMessage>((resolve, reject) => {
      const fail = (why: string) => reject(new WirelabError("server-failed", why));
      const timer = setTimeout(
        () => fail(`The link did not answer within ${timeoutMs} ms: look for what keeps this machine busy.`),
        timeoutMs,
      );
      child.once("message", (message) => {
        clearTimeout(timer);
        resolve(message as LinkMessage);
      });
      ended.then((death) => {
        clearTimeout(timer);
        fail(`The link's process ended (${describeDeath(death)}): start it again.`);
      });
    });
  return { pid: child.pid ?? null, died, next, ask: (request) => child.send(request), stop };
}
