import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/**
 * A function that gives the next message of a process that writes a JSON object a line: each goes to whoever has asked
 * first, which is right where answers come in the order of the questions. After the last there is none to wait for.
 */
export function lineMessages<Message>(stream: Readable): () => Promise<Message> {
  const lines = createInterface({ input: stream })[Symbol.asyncIterator]();
  return async () => {
    const { done, value } = await lines.next();
    return done ? new Promise<never>(() => {}) : (JSON.parse(value) as Message);
  };
}
