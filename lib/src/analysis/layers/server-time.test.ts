import { expect, test } from "vitest";
import type { RoundPart } from "../../record/calls.js";
import { callsFromParts } from "../../record/calls-table.js";
import { RoundBuffer } from "../../record/log/round-buffer.js";
import { serverTimeOf } from "./server-time.js";

/** Rounds of calls, each as its own time and the server's; block 0 is for warming up. */
function callsOf(
  arm: string,
  blocks: readonly (readonly [durationMs: number, serverMs: number, ok: boolean])[][],
) {
  const parts = blocks.map((rows, block): RoundPart => {
    const buffer = new RoundBuffer();
    for (const [index, [durationMs, serverMs, ok]] of rows.entries()) {
      buffer.push(index, 0, 0, 0, durationMs, Number.NaN, serverMs, 1, ok, 200, ok ? "" : "X", 1, 1, 0);
    }
    return buffer.take(arm, 0, block);
  });
  return callsFromParts(parts, { warmFromBlock: [1] });
}

test("the rest of a call is taken call by call, of warm calls that succeeded", () => {
  const calls = callsOf("rest", [
    [[900, 1, true]],
    [
      [10, 9, true],
      [7, 1, true],
      [20, 5, true],
      [500, 1, false],
    ],
  ]);
  // Rests of 1, 6 and 15; the difference of the medians would be 10 - 5.
  expect(serverTimeOf(calls, "rest")).toEqual({ inServerMs: 5, overheadMs: 6 });
});

test("answers that say nothing of the server leave nothing to tell", () => {
  expect(serverTimeOf(callsOf("rest", [[], [[10, Number.NaN, true]]]), "rest")).toBeNull();
});
