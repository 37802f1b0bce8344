import { describe, expect, it, vi } from "vitest";
import { viewOf } from "../display.js";
import { rawHeading } from "../tables/table.js";
import { embeddedJson } from "../testing/page.js";
import { HOSTILE } from "../testing/samples.js";
import { type Figure, figure, figureHtml } from "./figure.js";
import { plotlyScript } from "./plotly.js";

function sample(name: string, make = figure): Figure {
  return make({
    title: `Times of ${name}`,
    description: `${name} took 124 µs.`,
    data: [{ type: "scatter", name, x: [0.123456789012, null], y: [1, 2] }],
    layout: { height: 300 },
    narrow: { height: 500 },
    table: {
      columns: [
        { name: "arm", kind: "text" },
        { name: "median", kind: "duration" },
      ],
      rows: [
        [name, 0.123456789012],
        [`${name}, "quoted"`, null],
      ],
    },
    source: "data/runs/sample",
  });
}

interface Spec {
  readonly data: unknown;
  readonly narrow: unknown;
  readonly table: { readonly headings: unknown; readonly rows: unknown };
}

describe("a figure as HTML", () => {
  const shown = sample("rest");
  const page = figureHtml(shown, "one");

  it("carries its data and its table as they are", () => {
    const spec = embeddedJson(page, "data-wirelab-figure") as Spec;
    expect(spec.data).toEqual(shown.data);
    expect(spec.narrow).toEqual(shown.narrow);
    expect(spec.table.rows).toEqual(shown.table.rows);
    expect(spec.table.headings).toEqual(["arm", "median (ms)"]);
    expect(spec.table.headings).toEqual(shown.table.columns.map(rawHeading));
  });

  it("shows the same table with units, a caption, and where it comes from", () => {
    expect(page).toContain("<caption><span>Times of rest</span></caption>");
    expect(page).toContain('<td class="number">123\u202fµs</td>');
    expect(page).toContain("Source: data/runs/sample");
    expect(page).toContain('role="group" aria-label="rest took 124 µs."');
  });

  it("lets no name become markup or end a script", () => {
    const hostile = figureHtml(sample(HOSTILE), HOSTILE);
    expect(hostile).not.toContain("<img");
    expect(hostile.match(/<script/g)).toHaveLength(2);
    expect(hostile.match(/<\/script>/g)).toHaveLength(2);
    expect((embeddedJson(hostile, "data-wirelab-figure") as Spec).data).toEqual(sample(HOSTILE).data);
  });

  it("gets an identity of its own each time", () => {
    expect(figureHtml(shown)).not.toBe(figureHtml(shown));
  });

  it("brings Plotly with the first figure of a process only", async () => {
    // Other files have shown figures in this process.
    vi.resetModules();
    const fresh = { ...(await import("./figure.js")), ...(await import("../display.js")) };
    const figures = [sample("rest", fresh.figure), sample("grpc", fresh.figure)];
    const pages = figures.map((one) => fresh.viewOf(one)?.html() ?? "");
    expect(pages.map((text) => text.includes("data-wirelab-plotly"))).toEqual([true, false]);
  });

  it("is its sentence and its numbers in a terminal", () => {
    expect(viewOf(shown)?.text()).toContain("rest took 124 µs.\narm");
  });
});

describe("Plotly's script", () => {
  it("is one script that nothing inside ends early", () => {
    const script = plotlyScript();
    expect(script.match(/<\/script/gi)).toHaveLength(1);
    expect(script).not.toContain("<!--");
    expect(script.startsWith("<script data-wirelab-plotly>")).toBe(true);
  });
});
