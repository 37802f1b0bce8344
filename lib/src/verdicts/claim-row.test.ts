import { expect, it } from "vitest";
import { claimRows, otherDirections, verdictsOf } from "./claim-row.js";
import { judge } from "./judge.js";
import { madeUpClaim, measured } from "./testing/made-up.js";

const claim = madeUpClaim();
const ported = judge(claim, measured(claim, 20, 26), {
  stack: "ported: Express 5",
  host: "child",
  conditions: "",
});
const replicated = { ...ported, stack: "replicated: flask 3" };

it("lets on either stack the first verdict that was tested speak for the claim, and loses none", () => {
  const untested = {
    ...replicated,
    direction: "not testable here",
    ratio: null,
    low: null,
    high: null,
  } as const;
  const reading = { ...replicated, first: "rest-new-connection" };
  const crowd = { ...ported, conditions: "16 callers call at once" };
  const all = [ported, crowd, untested, reading];
  const [row, ...more] = claimRows(all);
  expect(more).toEqual([]);
  expect(row).toEqual({ claim: ported.claim, replicated: reading, ported, others: [crowd, untested] });
  expect(new Set(row && verdictsOf(row))).toEqual(new Set(all));
});

it("keeps a claim that nothing could test, and the order of the claims", () => {
  const untested = {
    ...ported,
    claim: "b",
    direction: "not testable here",
    stack: "nothing measured",
  } as const;
  expect(claimRows([untested, ported]).map(({ claim, ported }) => [claim, ported?.direction])).toEqual([
    ["b", "not testable here"],
    [ported.claim, ported.direction],
  ]);
});

it("tells of directions that only other conditions have", () => {
  const [row] = claimRows([
    { ...ported, direction: "holds" },
    { ...ported, direction: "holds" },
    { ...ported, direction: "opposite" },
    { ...ported, direction: "not testable here" },
  ]);
  expect(row && otherDirections(row)).toEqual(["opposite"]);
});
