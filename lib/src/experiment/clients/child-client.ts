import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { WirelabError } from "../../errors.js";
import { childEnvironment } from "../../hosts/child-environment.js";
import { pinned } from "../../hosts/processor.js";
import type { RoundPart } from "../../record/calls.js";
import { type Frame, FrameReader } from "../../record/log/frame.js";
import { decodeRoundPart } from "../../record/log/round-part.js";
import type { Client, ClientStart, RoundReport, RoundRequest, UsersRequest } from "./client.js";
import type { ClientCommand } from "./client-command.js";
import type { Command, Reply } from "./client-protocol.js";

/**
 * Starts a fresh client process, which loads while `start` is still to come, and opens its arms; throws a
 * `client-failed` error if it does not come up, and what `start` rejects with.
 */
export async function startChildClient(
  start: ClientStart | Promise<ClientStart>,
  { command: { command, cwd }, processor }: { command: ClientCommand; processor: number | null },
): Promise<Client> {
  const [program, ...args] = pinned(command, processor) as [string, ...string[]];
  // Detached, because a notebook's interrupt goes to the whole process group; it ends when its input closes.
  const child = spawn(program, args, {
    ...(cwd !== null && { cwd }),
    detached: true,
    env: childEnvironment(),
    stdio: ["pipe", "pipe", "pipe"],
  });
  const client = new ChildClient(child);
  try {
    await client.ask({ do: "start", ...(await start) }, "started");
    return client;
  } catch (error) {
    await client.stop();
    throw error;
  }
}

/** Resolves the one request that is under way; a client is asked one thing at a time. */
interface Waiting {
  readonly expected: Reply["type"];
  readonly onPart: (part: RoundPart) => void;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

class ChildClient implements Client {
  readonly pids: readonly number[];
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly reader = new FrameReader();
  private readonly ended: Promise<void>;
  private waiting: Waiting | null = null;
  private failure: WirelabError | null = null;
  private lastWords = "";

  constructor(child: ChildProcessWithoutNullStreams) {
    this.child = child;
    this.pids = [child.pid ?? -1];
    child.stdout.on("data", (chunk: Buffer) => this.take(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      this.lastWords = (this.lastWords + chunk.toString()).slice(-2000);
    });
    // A write to a client that has just died must not end us; its exit is what is reported.
    child.stdin.on("error", () => {});
    this.ended = new Promise((resolve) => {
      child.once("close", (code, signal) => {
        this.fail(`it ended with ${signal ?? `exit code ${code}`}. ${this.lastWords}`);
        resolve();
      });
      child.once("error", (error) => {
        this.fail(error.message);
        resolve();
      });
    });
  }

  async openUsers(request: UsersRequest): Promise<void> {
    await this.ask({ do: "open-users", ...request }, "users-opened");
  }

  async run(
    round: RoundRequest,
    onPart: (part: RoundPart) => void,
    signal: AbortSignal,
  ): Promise<RoundReport> {
    const interrupt = () => this.send({ do: "interrupt" });
    signal.addEventListener("abort", interrupt);
    try {
      const asked = this.ask({ do: "run", ...round }, "round-end", onPart);
      if (signal.aborted) interrupt();
      const reply = await asked;
      const { type: _, ...report } = reply as Extract<Reply, { type: "round-end" }>;
      return report;
    } finally {
      signal.removeEventListener("abort", interrupt);
    }
  }

  ask(
    command: Command,
    expected: Reply["type"],
    onPart: (part: RoundPart) => void = () => {},
  ): Promise<Reply> {
    return new Promise((resolve, reject) => {
      if (this.failure !== null) return reject(this.failure);
      this.waiting = { expected, onPart, resolve, reject };
      this.send(command);
    });
  }

  async stop(): Promise<void> {
    this.waiting = null;
    this.child.stdin.end();
    this.child.kill("SIGKILL");
    await this.ended;
  }

  private send(command: Command): void {
    this.child.stdin.write(`${JSON.stringify(command)}\n`);
  }

  private take(chunk: Buffer): void {
    for (const result of this.reader.push(chunk)) {
      if (result.kind === "damaged") this.fail(`it sent what is not a frame: ${result.reason}`);
      else this.obey(result.frame);
    }
  }

  private obey(frame: Frame): void {
    if (frame.header.type === "calls") {
      const decoded = decodeRoundPart(frame);
      if (decoded.kind === "damaged") this.fail(`it sent calls that cannot be read: ${decoded.reason}`);
      else this.waiting?.onPart(decoded.part);
      return;
    }
    const reply = frame.header as unknown as Reply;
    if (reply.type === "failed") this.fail(reply.message);
    else if (reply.type === this.waiting?.expected) this.waiting.resolve(reply);
  }

  private fail(reason: string): void {
    this.failure ??= new WirelabError("client-failed", `The client process failed: ${reason.trim()}`);
    this.waiting?.reject(this.failure);
    this.waiting = null;
  }
}
