import { Worker } from "node:worker_threads";
import type { Caller } from "../../arms/arm.js";

/** Makes a call in a thread of its own and wakes the one that waits for it. */
const thread = `
const { parentPort, workerData: { url, state } } = require("node:worker_threads");
parentPort.on("message", async (value) => {
  const response = await fetch(url + "/increment", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ value }),
  });
  Atomics.store(state, 1, (await response.json()).value);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
});
`;

/**
 * Callers that really block, as a client does whose library knows nothing of the event loop it runs in: one calls, and all
 * others stand still.
 */
export function blockingCallers(
  restUrl: string,
  users: number,
): { readonly callers: Caller<number, number>[]; stop(): Promise<unknown> } {
  const state = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(thread, { eval: true, workerData: { url: restUrl, state } });
  const caller: Caller<number, number> = {
    call: async (input, answer) => {
      Atomics.store(state, 0, 0);
      worker.postMessage(input);
      Atomics.wait(state, 0, 0);
      answer.output = Atomics.load(state, 1);
      answer.ok = answer.output === input + 1;
      answer.error = answer.ok ? "" : "WRONG_ANSWER";
      answer.bytesReceived = 1;
    },
    cancel: () => {},
  };
  return { callers: Array.from({ length: users }, () => caller), stop: () => worker.terminate() };
}
