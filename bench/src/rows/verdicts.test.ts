import { expect, it } from "vitest";
import { keptShare, type RepeatedVerdict, sayRepeated } from "./verdicts.js";

const repeated = (about: string, counts: Partial<Record<"holds" | "opposite" | "undecided", number>>) => ({
  about,
  directions: Object.entries(counts).flatMap(([direction, times]) =>
    Array.from({ length: times }, () => direction as RepeatedVerdict["directions"][number]),
  ),
});

it("holds only those against a verdict that decide otherwise than most", () => {
  expect(keptShare(repeated("a", { holds: 20 }))).toBe(1);
  expect(keptShare(repeated("a", { undecided: 20 }))).toBe(1);
  expect(keptShare(repeated("a", { holds: 12, undecided: 8 }))).toBe(1);
  expect(keptShare(repeated("a", { holds: 19, opposite: 1 }))).toBe(0.95);
  expect(keptShare(repeated("a", { opposite: 4, undecided: 15, holds: 1 }))).toBe(0.95);
  expect(keptShare(repeated("a", { holds: 10, opposite: 10 }))).toBe(0.5);
});

it("tells those one by one that change", () => {
  expect(sayRepeated([repeated("a", { holds: 3 }), repeated("b", { holds: 1, undecided: 2 })])).toBe(
    "1 of 2 verdicts always the same; b: holds 1, undecided 2",
  );
});
