import { expect, test } from "vitest";
import { figure } from "../../show/figures/figure.js";
import { findChromium } from "../testing/browser.js";
import { renderFiguresPage } from "./figures-page.js";
import { drawPicture } from "./picture.js";

const chromium = findChromium();
const bars = (title: string) =>
  figure({
    title,
    description: "Two bars.",
    data: [{ type: "bar", x: ["a", "b"], y: [1, 2] }],
    layout: { height: 300 },
    narrow: {},
    table: { columns: [{ name: "bar", kind: "text" }], rows: [["a"], ["b"]] },
    source: null,
  });
const page = renderFiguresPage({
  title: "A page",
  sections: [
    {
      heading: null,
      sentences: ["A < B."],
      figures: [bars("First & foremost"), bars("Second")],
      tables: [],
      notes: ["a note"],
    },
  ],
  scope: [],
});

test.skipIf(chromium === null)(
  "a page is drawn whole as PNG, and its figures under each other as SVG",
  async () => {
    const png = await drawPicture(page, { format: "png", chromium: chromium ?? "" });
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    // Twice the pixels of the page, both figures and more below each other.
    expect(png.readUInt32BE(16)).toBe(2480);
    expect(png.readUInt32BE(20)).toBeGreaterThan(2 * 2 * 300);
    const svg = (await drawPicture(page, { format: "svg", chromium: chromium ?? "" })).toString();
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/);
    expect(svg).toContain("First &amp; foremost");
    expect(svg.match(/class="main-svg"/g)?.length).toBeGreaterThanOrEqual(2);
  },
);

test("says its sentences and notes as text, whatever is in them", () => {
  expect(page).toContain("A &lt; B.");
  expect(page).toContain("<li>a note</li>");
});
