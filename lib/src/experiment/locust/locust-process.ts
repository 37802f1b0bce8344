import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { childEnvironment } from "../../hosts/child-environment.js";
import { pinned } from "../../hosts/processor.js";
import { pythonFolder } from "../../hosts/python/places.js";
import { FrameReader, type FrameResult } from "../../record/log/frame.js";

/** How a process of Locust is started. */
export interface LocustProcessOptions {
  readonly python: string;
  readonly args: readonly string[];
  readonly processor: number | null;
  /** Takes what it writes to descriptor 3; a worker writes nothing. */
  readonly onFrame?: (result: FrameResult) => void;
  /** Told how it ended, in words, however that came. */
  readonly onEnd: (how: string) => void;
}

/** One process of Locust, which ends when its standard input closes. */
export class LocustProcess {
  readonly pid: number;
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;
  private lastWords = "";

  constructor({ python, args, processor, onFrame, onEnd }: LocustProcessOptions) {
    const [program, ...rest] = pinned([python, ...args], processor) as [string, ...string[]];
    // Detached, because a notebook's interrupt goes to the whole process group.
    this.child = spawn(program, rest, {
      cwd: pythonFolder,
      detached: true,
      // Locust looks for options in a file of the home folder too.
      env: { ...childEnvironment(), HOME: pythonFolder },
      stdio: ["pipe", "ignore", "pipe", onFrame === undefined ? "ignore" : "pipe"],
    });
    this.pid = this.child.pid ?? -1;
    const { stderr, stdio } = this.child;
    stderr?.on("data", (chunk: Buffer) => {
      this.lastWords = (this.lastWords + chunk.toString()).slice(-2000);
    });
    const reader = new FrameReader();
    // A pipe of ours is read only.
    (stdio[3] as Readable | null)?.on("data", (chunk: Buffer) => {
      for (const result of reader.push(chunk)) onFrame?.(result);
    });
    // A write to a process that has just died must not end us; its end is what is told.
    this.child.stdin?.on("error", () => {});
    this.ended = new Promise((resolve) => {
      const tell = (how: string) => {
        onEnd(how);
        resolve();
      };
      this.child.once("close", (code, signal) =>
        tell(`ended with ${signal ?? `exit code ${code}`}. ${this.lastWords}`.trim()),
      );
      this.child.once("error", (error) => tell(`could not be started: ${error.message}`));
    });
  }

  send(line: object): void {
    this.child.stdin?.write(`${JSON.stringify(line)}\n`);
  }

  async stop(): Promise<void> {
    this.child.stdin?.end();
    this.child.kill("SIGKILL");
    await this.ended;
  }
}
