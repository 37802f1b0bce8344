import { fileURLToPath } from "node:url";
import type { Tool } from "./against-tool.js";
import { outputOf } from "./child.js";

const script = fileURLToPath(new URL("../increment.lua", import.meta.url));

/** wrk (https://github.com/wg/wrk): the fastest REST client there is to compare with. */
export const wrk: Tool = {
  name: "wrk",
  install: "Debian has it",
  arm: "rest",
  what: "lab REST arm ÷ `wrk -c1` median on the same server",
  most: 1.25,
  async second(program, host, options) {
    const args = ["-c1", "-t1", "-d1s", "--latency", "-s", script, `${host.endpoints.restUrl}/increment`];
    return readWrkMedian(await outputOf(program, args, options));
  },
};

const msPerUnit: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

/**
 * The median that wrk printed, in ms; it rounds to 1 µs below 1 ms.
 *
 * @throws Error when a call failed, or the text is not wrk's
 */
export function readWrkMedian(text: string): number {
  const failed = /^\s*(Non-2xx or 3xx responses|Socket errors): .*$/m.exec(text)?.[0];
  if (failed !== undefined) throw new Error(`wrk had failed calls: ${failed.trim()}`);
  const [, value, unit = ""] = /^\s*50%\s+([\d.]+)(us|ms|s)\s*$/m.exec(text) ?? [];
  const factor = msPerUnit[unit];
  if (value === undefined || factor === undefined) throw new Error(`wrk printed no median: ${text}`);
  return Number(value) * factor;
}
