import { expect, it } from "vitest";
import { callsFromParts } from "./calls-table.js";
import { withArmOrder } from "./display-order.js";
import { samplePart } from "./testing/samples.js";

it("numbers arms in the order wanted, and every call keeps its arm", () => {
  const calls = callsFromParts(
    [samplePart("b", 0, 0, 2), samplePart("x", 0, 0, 1), samplePart("a", 0, 0, 3)],
    { warmFromBlock: [] },
  );
  const ordered = withArmOrder(calls, ["a", "without calls", "b"]);
  expect(ordered.armNames).toEqual(["a", "b", "x"]);
  expect([...ordered.arm].map((arm) => ordered.armNames[arm])).toEqual(["b", "b", "x", "a", "a", "a"]);
});
