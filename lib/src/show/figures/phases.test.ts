import { expect, it } from "vitest";
import { madeUpPhases, madeUpPhasesUntold } from "../../analysis/testing/made-up-phases.js";
import { phasesFigure } from "./phases.js";

const shown = phasesFigure(madeUpPhases(), { source: "data/runs/sample" });

it("draws each call from 0 to its end, each phase where the one before it ended", () => {
  expect(shown).toMatchSnapshot();
  for (const arm of ["REST", "gRPC"]) {
    const rows = shown.table.rows.filter((row) => row[0] === arm);
    const ends = rows.map(([, , from, takes]) => (from as number) + (takes as number));
    expect(rows.map(([, , from]) => from)).toEqual([0, ...ends.slice(0, -1)]);
  }
});

it("tells phases apart without colour", () => {
  const looks = shown.data.map(({ name, marker }) => [name, JSON.stringify(marker)] as const);
  expect(new Set(looks.map(([, look]) => look)).size).toBe(looks.length);
  const patterns = shown.data.map(({ marker }) => marker as { pattern: { shape: string }; color: string });
  expect(new Set(patterns.map(({ pattern, color }) => `${pattern.shape} ${color}`)).size).toBe(looks.length);
});

it("draws as one what nobody tells apart", () => {
  const untold = phasesFigure(madeUpPhasesUntold(), { source: null });
  expect(untold.data.map(({ name }) => name)).toEqual([
    "serialise",
    "queue",
    "wire and server",
    "deserialise",
    "between",
  ]);
});

it("holds only what JSON can hold", () => {
  const { data, layout, narrow, table } = shown;
  const parts = { data, layout, narrow, table };
  expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
});
