import type { KernelChannel } from "./kernel-channel.js";
import type { KernelProcess } from "./kernel-process.js";
import type { Message } from "./wire.js";

/** A kernel's answer to a cell; `died` when its process ended instead. */
export type Reply = { readonly status: string; readonly executionCount: number | null } | "died";

/** After an error, tslab refuses what arrives within 200 ms; the refused request is sent again. */
const refusedPauseMs = 50;
/** How long the end of the outputs is waited for once the answer is there; without it a lost mark would hang the run. */
const idleGraceMs = 10_000;

/** Sends a cell and waits for its answer and the end of its outputs; sends it again while the kernel refuses it. */
export async function requestExecution(
  kernel: KernelProcess,
  channel: KernelChannel,
  code: string,
  onMessage: (message: Message) => void,
): Promise<Reply> {
  for (;;) {
    const reply = await askOnce(kernel, channel, code, onMessage);
    if (reply === "died" || !reply.status.startsWith("abort")) return reply;
    await new Promise((resolve) => setTimeout(resolve, refusedPauseMs));
  }
}

function askOnce(
  kernel: KernelProcess,
  channel: KernelChannel,
  code: string,
  onMessage: (message: Message) => void,
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
      if (from === "iopub" && message.type === "status") idle ||= message.content.execution_state === "idle";
      else if (from === "iopub") onMessage(message);
      else if (message.type === "execute_reply") {
        reply = toReply(message.content);
        const answered = reply;
        setTimeout(() => finish(answered), idleGraceMs).unref();
      }
      if (reply !== null && idle) finish(reply);
    });
    void kernel.died.then(() => finish("died"));
  });
}

function toReply(content: Readonly<Record<string, unknown>>): Reply {
  const { status, execution_count: count } = content;
  return { status: String(status), executionCount: typeof count === "number" ? count : null };
}
