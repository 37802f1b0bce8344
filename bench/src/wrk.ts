import { fileURLToPath } from "node:url";
import type { Tool } from "./against-tool.js";
import { outputOf } from "./child.js";
import type { LabRound } from "./lab-round.js";

const script = fileURLToPath(new URL("../increment.lua", import.meta.url));

/** wrk (https://github.com/wg/wrk): the fastest REST client there is to compare with. */
export const wrk: Tool = {
  name: "wrk",
  install: "Debian has it",
  arm: "rest",
  async second(program, host, options) {
    const load = [`-c${options.callers}`, "-t1", "-d1s", "--latency"];
    return readWrk(
      await outputOf(program, [...load, "-s", script, `${host.endpoints.restUrl}/increment`], options),
    );
  },
};

const msPerUnit: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

/**
 * The median and the rate that wrk printed; it rounds the median to 1 µs below 1 ms.
 *
 * @throws Error when a call failed, or the text is not wrk's
 */
export function readWrk(text: string): LabRound {
  const failed = /^\s*(Non-2xx or 3xx responses|Socket errors): .*$/m.exec(text)?.[0];
  if (failed !== undefined) throw new Error(`wrk had failed calls: ${failed.trim()}`);
  const [, value, unit = ""] = /^\s*50%\s+([\d.]+)(us|ms|s)\s*$/m.exec(text) ?? [];
  const factor = msPerUnit[unit];
  if (value === undefined || factor === undefined) throw new Error(`wrk printed no median: ${text}`);
  const callsPerSecond = Number(/^Requests\/sec:\s+([\d.]+)$/m.exec(text)?.[1]);
  if (!(callsPerSecond > 0)) throw new Error(`wrk printed no rate: ${text}`);
  return { medianMs: Number(value) * factor, callsPerSecond };
}
