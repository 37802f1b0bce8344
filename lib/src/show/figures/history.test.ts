import { expect, test } from "vitest";
import { sampleHistory } from "../testing/histories.js";
import { HOSTILE } from "../testing/samples.js";
import { figureHtml } from "./figure.js";
import { history } from "./history.js";

const options = { title: "The median of some runs", source: "data/runs" };

test("a change is marked by a shape around the first run after it, a line before it, and words", () => {
  const shown = history(sampleHistory(16, ["rest", "grpc"]), options);
  const rings = shown.data.filter(({ marker }) => (marker as { symbol?: string })?.symbol === "diamond-open");
  expect(rings.map(({ x }) => x)).toEqual([[7.9], []]);
  expect(shown.layout.shapes).toMatchObject([{ x0: 7.5, x1: 7.5 }]);
  expect(shown.description).toMatchSnapshot();
  expect(shown.table.rows.filter(([, , , , , , , change]) => change !== "")).toMatchSnapshot();
  expect(shown.layout).toMatchSnapshot();
});

test("it holds only what JSON can hold, and no markup of others, also of a single run", () => {
  for (const runs of [1, 16]) {
    const shown = history(sampleHistory(runs, [HOSTILE, "grpc"]), options);
    const { data, layout, narrow, table } = shown;
    expect(JSON.parse(JSON.stringify({ data, layout, narrow, table }))).toEqual({
      data,
      layout,
      narrow,
      table,
    });
    expect(figureHtml(shown, "one")).not.toContain("<img");
    expect(data.map(({ name }) => String(name)).filter((name) => name.includes("<"))).toEqual([]);
  }
});
