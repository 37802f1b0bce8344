import { expect, test } from "vitest";
import type { Run } from "../record/run.js";
import { sampleInfo } from "../record/testing/samples.js";
import { viewOf } from "../show/display.js";
import { sampleCalls } from "../show/testing/samples.js";
import { suspectsOf } from "../verdicts/published/suspects.js";
import { suspects, suspectTable } from "./suspects.js";

const { baseline, suspects: suspected } = suspectsOf("003");

/** A run of made-up calls of these medians, in ms. */
function madeUp(times: readonly { readonly name: string; readonly medianMs: number }[]): Run {
  const arms = times.map(({ name }) => ({
    name,
    arm: "requests",
    protocol: "rest" as const,
    client: "made up",
    server: 0,
    plantedDelayUs: 0,
    callers: 1,
    notMeasured: {},
  }));
  const info = sampleInfo({ work: "increment", status: "finished", pairs: 2, arms });
  const calls = sampleCalls({ arms: times, pairs: 2 });
  return { info, folder: null, warnings: [], calls: async () => calls };
}

test("a run of suspects is held against what the post prints for as many calls", async () => {
  const times = [baseline, ...suspected].map(({ choice: { name } }, index) => ({
    name,
    medianMs: index === 1 ? 20 : 1,
  }));
  const table = await suspectTable("003", madeUp(times));
  const rows = table.loc({ columns: ["suspect", "ratio", "totalMs", "reaches"] }).values as [
    string,
    number | null,
    number,
    string,
  ][];
  expect(rows.map(([words]) => words)).toEqual([baseline, ...suspected].map(({ words }) => words));
  expect(rows[0]?.[1]).toBeNull();
  const [, ratio, totalMs, reaches] = rows[1] ?? [];
  expect(ratio).toBeCloseTo((totalMs ?? 0) / (rows[0]?.[2] ?? 0), 0);
  expect(reaches).toBe("yes");
  expect(rows.filter(([, , , one]) => one === "no")).toHaveLength(rows.length - 1);
  expect(viewOf(table)?.text()).toMatch(/for which the post prints 79\.8.s/);
});

test("a suspect that the run has not leaves the others standing, and says so", async () => {
  const run = madeUp(
    [baseline, ...suspected.slice(1)].map(({ choice: { name } }) => ({ name, medianMs: 1 })),
  );
  const table = await suspectTable("003", run);
  const reaches = table.loc({ columns: ["reaches"] }).values.flat();
  expect(reaches.map((one) => one ?? "unknown").slice(0, 3)).toEqual(["no", "unknown", "no"]);
  expect(viewOf(table)?.text()).toMatch(
    /No number for localhost in place.* no warm.* requests-localhost on fastapi/,
  );
});

test("a post of which nothing is suspected is refused before anything is measured", async () => {
  await expect(suspects("002", {})).rejects.toMatchObject({ code: "usage" });
});
