import { expect, it } from "vitest";
import { madeUpLadder } from "../../analysis/testing/made-up-ladder.js";
import { HOSTILE } from "../testing/samples.js";
import { waterfall } from "./waterfall.js";

const shown = waterfall(madeUpLadder(), { source: "data/runs/sample" });
const rows = (of: typeof shown) =>
  of.table.rows.map(([step, from, to, , , , remark]) => [step, from, to, remark]);
const ms = (value: number) => expect.closeTo(value, 9);

it("goes down REST's layers to TCP and up gRPC's, each from where the last one ended", () => {
  expect(rows(shown)).toEqual([
    ["REST", null, ms(0.1), ""],
    ["less: the layer rest", ms(0.1), ms(0.102), "too small to see here"],
    ["less: the layer http", ms(0.102), ms(0.04), ""],
    ["bare TCP", null, ms(0.04), ""],
    ["the layer http2", ms(0.04), ms(0.06), ""],
    ["the layer grpc", ms(0.06), ms(0.16), ""],
    ["left over, in no step", ms(0.16), ms(0.165), "too small to see here"],
    ["gRPC, by the whole", null, ms(0.165), ""],
  ]);
  expect(shown.description.replaceAll("\u202f", " ")).toMatch(
    /less: the layer http: −62.0 µs \(99 %: −66.0 to −58.0 µs\)/,
  );
});

it("ends with the sum of the steps where the whole could not be had", () => {
  const alone = waterfall(madeUpLadder({ whole: null, leftOver: null, missing: "too few" }), {
    source: null,
  });
  expect(rows(alone).at(-1)).toEqual(["gRPC, as the steps add up", null, ms(0.16), ""]);
});

it("draws nothing where a step on the way could not be had, and says so", () => {
  const rungs = madeUpLadder().rungs.map((rung) => ({ ...rung, step: null }));
  const empty = waterfall(madeUpLadder({ rungs }), { source: null });
  expect(empty.description).toMatch(/nothing to draw/);
  expect(empty.table.rows).toEqual([]);
});

it("holds only what JSON can hold, and no markup of others", () => {
  const rungs = madeUpLadder().rungs.map((rung) => ({ ...rung, changes: HOSTILE }));
  const { data, layout, narrow, table } = waterfall(madeUpLadder({ rungs }), { source: null });
  const parts = { data, layout, narrow, table };
  expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
  expect(JSON.stringify([data, layout, narrow])).not.toContain("<img");
});
