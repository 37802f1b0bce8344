import { expect, it } from "vitest";
import type { CompareOptions } from "../analysis/compare.js";
import { madeUpLoad } from "../analysis/testing/made-up-load.js";
import type { Calls } from "../record/calls.js";
import { type Run, runOf } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { sampleInfo } from "../record/testing/samples.js";
import { mostCallsInPage } from "../show/cards/comparison-card.js";
import { viewOf } from "../show/display.js";
import { sampleCalls } from "../show/testing/samples.js";
import { compare } from "./compare.js";

const arms = { first: "rest", second: "grpc" } satisfies CompareOptions;

const inMemory = ({ calls, info }: { readonly calls: Calls; readonly info: RunInfo }): Run =>
  runOf({ folder: null, info, warnings: [] }, async () => calls);

const shownOf = async (run: Run, options: CompareOptions) =>
  viewOf(await compare(run, options))?.html() ?? "";

it("shows a load with the form, and a number that calls do not have by themselves without", async () => {
  const load = inMemory(madeUpLoad());
  expect(await shownOf(load, arms)).toContain('<form hidden data-part="choice"');
  expect(await shownOf(load, { ...arms, metric: "count" })).toMatch(/^<p>[^<]*<\/p>$/);
});

it("shows more calls than a page holds with how many they are, those of warm-up counted", async () => {
  const of = (callsPerRound: number) =>
    inMemory({
      calls: sampleCalls({
        arms: [
          { name: "rest", medianMs: 0.1 },
          { name: "grpc", medianMs: 0.2 },
        ],
        pairs: 1,
        blocks: 4,
        callsPerRound,
      }),
      info: sampleInfo(),
    });
  expect(await shownOf(of(mostCallsInPage / 8 + 1), arms)).toMatch(/these are 200.008\.<\/p><\/div>$/);
  expect(await shownOf(of(100), arms)).toContain("<form");
});
