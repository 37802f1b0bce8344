import { fileURLToPath } from "node:url";
import { type LabRound, labTimeoutMs } from "../calling/lab-round.js";
import type { Tool } from "./tool.js";

const script = fileURLToPath(new URL("../../tools/wrk.lua", import.meta.url));

/** wrk (https://github.com/wg/wrk): the fastest REST client there is to compare with. */
export const wrk: Tool<LabRound> = {
  name: "wrk",
  install: "Debian has it",
  arm: "rest",
  args: ({ restUrl }, { callers, seconds }) => [
    // As patient as the lab's client; by itself it calls 2 s a failure.
    ...[`-c${callers}`, "-t1", `-d${seconds}s`, "--latency", "--timeout", `${labTimeoutMs / 1000}s`],
    ...["-s", script, `${restUrl}/increment`],
  ],
  read: readWrk,
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
  const calls = Number(/^\s*(\d+) requests in /m.exec(text)?.[1]);
  return { calls, medianMs: Number(value) * factor, callsPerSecond };
}
