import type { KernelChannel } from "./kernel-channel.js";
import type { KernelProcess } from "./kernel-process.js";
import type { Message } from "./wire.js";

/** A kernel's answer to a cell; `died` when its process ended instead. */
export type Reply = { readonly status: string; readonly executionCount: number | null } | "died";

/** After an error, tslab refuses what arrives within 200 ms; the refused request is sent again. */
const refusedPauseMs = 50;
/** How long the end of the outputs is waited for once the answer is there; without it a lost mark would hang the run. */
const idleGraceMs = 10_000;

/** What happens while a cell runs. */
export interface ExecutionEvents {
  readonly onMessage: (message: Message) => void;
  /** The kernel has taken the cell up: an interrupt from now on reaches it, an earlier one would be lost. */
  readonly onBusy: () => void;
  /** Whether a refused cell is not to be sent again. */
  readonly isStopped: () => boolean;
}

/** Sends a cell and waits for its answer and the end of its outputs; sends it again while the kernel refuses it. */
export async function requestExecution(
  kernel: KernelProcess,
  channel: KernelChannel,
  code: string,
  events: ExecutionEvents,
): Promise<Reply> {
  for (;;) {
    const reply = await askOnce(kernel, channel, code, events);
    if (reply === "died" || !reply.status.startsWith("abort") || events.isStopped()) return reply;
    await new Promise((resolve) => setTimeout(resolve, refusedPauseMs));
  }
}

/** Runs an empty cell until it ends well: a signal that came too late for its own cell hits this one. */
export async function absorbSignals(kernel: KernelProcess, channel: KernelChannel): Promise<void> {
  const events = { onMessage: () => {}, onBusy: () => {}, isStopped: () => false };
  for (;;) {
    const reply = await requestExecution(kernel, channel, "void 0;", events);
    if (reply === "died" || reply.status === "ok") return;
  }
}

function askOnce(
  kernel: KernelProcess,
  channel: KernelChannel,
  code: string,
  events: ExecutionEvents,
): Promise<Reply> {
  return new Promise((resolve) => {
    let reply: Reply | null = null;
    let idle = false;
    const id = channel.request("execute_request", {
      code,
      silent: false,
      store_history: true,
      user_expressions: {},
      allow_stdin: false,
      stop_on_error: true,
    });
    const finish = (value: Reply) => {
      channel.forget(id);
      resolve(value);
    };
    channel.listen(id, (from, message) => {
      if (from === "shell") {
        if (message.type !== "execute_reply") return;
        reply = toReply(message.content);
        const answered = reply;
        setTimeout(() => finish(answered), idleGraceMs).unref();
      } else if (message.type !== "status") events.onMessage(message);
      else if (message.content.execution_state === "idle") idle = true;
      else events.onBusy();
      if (reply !== null && idle) finish(reply);
    });
    void kernel.died.then(() => finish("died"));
  });
}

function toReply(content: Readonly<Record<string, unknown>>): Reply {
  const { status, execution_count: count } = content;
  return { status: String(status), executionCount: typeof count === "number" ? count : null };
}
