import { toolCall } from "../call.js";
import type { CallFormat } from "../format.js";
import { durationIn } from "../reading/cells.js";
import { parsedLines } from "../reading/lines.js";

/** Nothing but the ms of each call, a line each: what post 004's listener of Locust writes beside its table. */
export const listenerTimes: CallFormat = {
  kind: "calls",
  name: "response times, one a line",
  tool: "Locust",
  recognise: (head) => /^(\d+\.\d+(e[+-]?\d+)?\r?\n){2}/.test(head),
  exactness: {
    clock: "none",
    clockStepMs: null,
    durationStepMs: 0,
    covers: "as Locust's user timed it",
  },
  leavesOut: ["when each call was made, and those that failed: such a file holds only the times of others"],
  read: (file) =>
    parsedLines(file, "always ended", (line, number) =>
      toolCall({
        durationMs: durationIn(line, 1, { file, line: number, column: "1" }),
      }),
    ),
};
