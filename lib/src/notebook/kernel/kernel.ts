import { describeKernelDeath, parseCellError } from "../cells/cell-error.js";
import type { Output } from "../cells/ipynb.js";
import { collectOutputs, type Displays } from "./collect-outputs.js";
import { type KernelChannel, openChannel } from "./kernel-channel.js";
import { stopKernel, waitUntilReady } from "./kernel-lifecycle.js";
import { type KernelDeath, type KernelProcess, startKernelProcess } from "./kernel-process.js";
import { absorbSignals, type Reply, requestExecution } from "./kernel-request.js";

/** How the execution of one cell ended. `reason` is a sentence; the outputs of a failed cell end with an `error`. */
export type CellResult =
  | { readonly status: "ok"; readonly outputs: Output[]; readonly executionCount: number | null }
  | { readonly status: "error"; readonly outputs: Output[]; readonly reason: string }
  /** `kernel` says whether an interrupt was enough, or the kernel had to be killed. */
  | {
      readonly status: "timeout" | "interrupted";
      readonly outputs: Output[];
      readonly reason: string;
      readonly kernel: "usable" | "killed";
    }
  | { readonly status: "died"; readonly outputs: Output[]; readonly reason: string };

/** What one execution may take, and who hears of its outputs. */
export interface ExecuteOptions {
  /** Time limit of the cell; reaching it interrupts the cell. */
  readonly timeoutMs: number;
  /** How long an interrupted cell has to end before the kernel is killed. Default 5,000. */
  readonly interruptGraceMs?: number;
  /** Called for every output as it arrives, updates included. */
  readonly onOutput?: (output: Output) => void;
  /** Aborting it interrupts the cell. */
  readonly signal?: AbortSignal | undefined;
}

/** A TypeScript kernel, driven over the Jupyter protocol. */
export interface Kernel {
  readonly pid: number;
  readonly died: Promise<KernelDeath>;
  /** Runs a cell's code; one at a time. Never rejects for what the code does. */
  execute(code: string, options: ExecuteOptions): Promise<CellResult>;
  /** Ends the kernel: asked, then let go, then killed; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the tslab kernel in `folder` and waits until it answers. It listens on 127.0.0.1 only.
 *
 * @throws WirelabError `kernel-failed` when it ends, or has not answered after `startTimeoutMs` (default 30,000)
 */
export async function startKernel(options: { folder: string; startTimeoutMs?: number }): Promise<Kernel> {
  const kernelProcess = await startKernelProcess(options.folder);
  const channel = openChannel(kernelProcess.connection);
  try {
    await waitUntilReady(kernelProcess, channel, options.startTimeoutMs ?? 30_000);
    // Now, so that even a runner that is killed leaves no key behind.
    await kernelProcess.removeConnectionFile();
  } catch (error) {
    kernelProcess.kill();
    channel.close();
    throw error;
  }
  const displays: Displays = new Map();
  let stopping: Promise<void> | null = null;
  return {
    pid: kernelProcess.pid,
    died: kernelProcess.died,
    execute: (code, executeOptions) => execute(kernelProcess, channel, displays, code, executeOptions),
    stop: () => {
      stopping ??= stopKernel(kernelProcess, channel);
      return stopping;
    },
  };
}

async function execute(
  kernel: KernelProcess,
  channel: KernelChannel,
  displays: Displays,
  code: string,
  options: ExecuteOptions,
): Promise<CellResult> {
  const collector = collectOutputs(displays);
  let stopped: "timeout" | "interrupted" | null = null;
  let busy = false;
  let signalled = false;
  let killTimer: NodeJS.Timeout | undefined;
  let again: NodeJS.Timeout | undefined;
  if (options.signal?.aborted) {
    return stoppedResult("interrupted", { status: "ok", executionCount: null }, collector, 0);
  }
  const stopCell = (why: "timeout" | "interrupted") => {
    if (stopped !== null) return;
    stopped = why;
    if (busy) kernel.interrupt();
    again = setInterval(() => {
      signalled = true;
      kernel.signal();
    }, 1000);
    killTimer = setTimeout(() => kernel.kill(), options.interruptGraceMs ?? 5000);
  };
  const onAbort = () => stopCell("interrupted");
  const limit = setTimeout(() => stopCell("timeout"), options.timeoutMs);
  options.signal?.addEventListener("abort", onAbort);
  try {
    const reply = await requestExecution(kernel, channel, code, {
      onMessage: (message) => {
        const output = collector.take(message);
        if (output !== null) options.onOutput?.(output);
      },
      onBusy: () => {
        busy = true;
        if (stopped !== null) kernel.interrupt();
      },
      isStopped: () => stopped !== null,
    });
    if (stopped !== null) {
      clearInterval(again);
      if (signalled) await absorbSignals(kernel, channel);
      return stoppedResult(stopped, reply, collector, options.timeoutMs);
    }
    if (reply === "died") return diedResult(await kernel.died, collector);
    if (reply.status === "ok") {
      return { status: "ok", outputs: collector.outputs(), executionCount: reply.executionCount };
    }
    const error = parseCellError(collector.takeError());
    return { status: "error", outputs: [...collector.outputs(), error.output], reason: error.reason };
  } finally {
    clearTimeout(limit);
    clearTimeout(killTimer);
    clearInterval(again);
    options.signal?.removeEventListener("abort", onAbort);
  }
}

type Collector = ReturnType<typeof collectOutputs>;

function stoppedResult(
  status: "timeout" | "interrupted",
  reply: Reply,
  collector: Collector,
  timeoutMs: number,
): CellResult {
  // What tslab prints for the interrupt itself tells a reader nothing.
  if (reply !== "died" && reply.status !== "ok") collector.takeError();
  const seconds = Number((timeoutMs / 1000).toPrecision(3));
  const what = status === "timeout" ? `Stopped at its time limit of ${seconds} s` : "Interrupted";
  const kernel = reply === "died" ? "killed" : "usable";
  const reason =
    kernel === "killed" ? `${what}; it did not obey the interrupt, so its kernel was killed.` : `${what}.`;
  const ename = status === "timeout" ? "TimeLimit" : "Interrupted";
  const outputs = [...collector.outputs(), errorOutput(ename, reason)];
  return { status, outputs, reason, kernel };
}

function diedResult(death: KernelDeath, collector: Collector): CellResult {
  const reason = describeKernelDeath(death, "while the cell ran");
  return { status: "died", outputs: [...collector.outputs(), errorOutput("KernelDied", reason)], reason };
}

function errorOutput(ename: string, evalue: string): Output {
  return { output_type: "error", ename, evalue, traceback: [] };
}
