import { expect, test } from "vitest";
import { sayMapRow } from "./map-words.js";

const cell = (value: number, spread = 1.1) => ({
  ratio: { value, low: value / spread, high: value * spread, confidence: 0.99 },
  missing: "",
});
const row = { at: "Without a link", about: (value: number) => `${value} KB` };
const once = { kind: "once", at: 9, low: 6, high: 15 } as const;

test("a crossing is said with its interval and with who wins on its sides", () => {
  expect(sayMapRow({ ...row, cells: [cell(0.5), cell(2)], crossing: once })).toBe(
    "Without a link the medians meet at 9 KB (99 %: 6 KB to 15 KB); REST is faster below, gRPC above.",
  );
  const falling = sayMapRow({ ...row, cells: [cell(2), cell(0.5)], crossing: once });
  expect(falling).toContain("gRPC is faster below, REST above");
});

test("nobody wins on a side whose cells are undecided, and open ends are said so", () => {
  const cells = [cell(0.99), cell(2)];
  const crossing = { ...once, low: 0, high: Number.POSITIVE_INFINITY };
  const said = sayMapRow({ ...row, cells, crossing });
  expect(said).toContain("gRPC is faster above, and below no cell is decided");
  expect(said).toContain("99 %: below all that was measured to above all that was measured");
  expect(sayMapRow({ ...row, cells: [cell(0.99), cell(1.01)], crossing })).toContain("no cell is decided");
});

test("a row without one crossing says what it has instead, failed cells included", () => {
  const failed = { ratio: null, missing: "It failed." };
  const never = { kind: "never", side: "below" } as const;
  expect(sayMapRow({ ...row, cells: [cell(0.5), cell(0.99), failed], crossing: never })).toBe(
    "Without a link REST has the shorter median in every cell, beyond doubt in 1 of 2 (1 of 3 cells failed).",
  );
  expect(sayMapRow({ ...row, cells: [cell(0.5)], crossing: { kind: "several", count: 2 } })).toContain(
    "changes hands 2 times",
  );
  expect(sayMapRow({ ...row, cells: [failed, failed], crossing: null })).toContain("too little was measured");
});
