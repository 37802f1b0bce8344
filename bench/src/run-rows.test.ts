import { expect, it } from "vitest";
import type { BenchRow, RunRow } from "./row.js";
import { type RanRow, runRows } from "./run-rows.js";
import { tableText } from "./table.js";

const holding: BenchRow = { what: "a | b", bound: "≤ 1", said: "0.5 (0.4–0.6)", holds: true };
const failing: RunRow = () => Promise.reject(new Error("no\n  server"));

async function run(smoke: boolean, ...all: readonly RunRow[]): Promise<RanRow[]> {
  return runUntil(new AbortController().signal, smoke, all);
}

async function runUntil(signal: AbortSignal, smoke: boolean, all: readonly RunRow[]): Promise<RanRow[]> {
  const ran: RanRow[] = [];
  const bench = { smoke, repeats: 1, tries: 1, folder: "", signal };
  await runRows(
    all.map((one, index) => ({ name: `row-${index}`, run: one })),
    bench,
    (row) => ran.push(row),
  );
  return ran;
}

it("goes on after a row that failed, and says why it did", async () => {
  const ran = await run(false, failing, () => holding);
  expect(ran.map(({ said, holds }) => [said, holds])).toEqual([
    ["failed: no server", false],
    ["0.5 (0.4–0.6)", true],
  ]);
});

it("lets no smoke run say that a bound holds, nor hide that a row failed", async () => {
  const ran = await run(true, () => holding, failing);
  expect(ran.map(({ holds }) => holds)).toEqual([null, false]);
});

it("ends with the row that was interrupted, which then says nothing of its bound", async () => {
  const controller = new AbortController();
  const interrupted: RunRow = ({ onStep }) => {
    controller.abort();
    onStep(1, 2, "half of it");
    return holding;
  };
  const ran = await runUntil(controller.signal, false, [interrupted, failing]);
  expect(ran).toMatchObject([{ name: "row-0", said: "interrupted", holds: null }]);
});

it("makes a Markdown table with what disturbed the rows below it", () => {
  const warning = { code: "busy-machine", message: "Others were busy.", advice: "Close them." } as const;
  const rows = [
    { ...holding, name: "one", seconds: 1, warnings: [] },
    { ...holding, holds: null, name: "two", seconds: 1, warnings: [warning] },
  ];
  expect(tableText(rows).split("\n")).toEqual([
    "| what | bound | here | holds |",
    "| --- | --- | --- | --- |",
    "| a \\| b | ≤ 1 | 0.5 (0.4–0.6) | yes |",
    "| a \\| b | ≤ 1 | 0.5 (0.4–0.6) | not measured |",
    "",
    "two: Others were busy. Close them.",
  ]);
});
