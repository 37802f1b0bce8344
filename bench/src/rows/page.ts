import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { findChromium } from "wirelab/dist/notebook/page/browser.js";
import { rangeOf, rangeText } from "../range.js";
import type { Bench, BenchRow } from "../row.js";
import { runNpmStart } from "./start.js";
import { timePage } from "./time-page.js";

const what = "report page: size; time until its figures answer in a browser";
const mostMegabytes = 5;
const mostSeconds = 2;

/** How large the largest page of a report is, and how long the slowest takes until a figure answers to the mouse. */
export async function pageRow(bench: Bench): Promise<BenchRow> {
  const bound = `≤ ${mostMegabytes} MB; ${mostSeconds} s`;
  bench.onStep(0, 2, "npm start");
  const { reportsFolder } = await runNpmStart(bench, "page");
  const pages = (await readdir(reportsFolder)).filter((name) => name.endsWith(".html"));
  const sizes = await Promise.all(pages.map(async (name) => (await stat(join(reportsFolder, name))).size));
  const megabytes = Math.max(...sizes) / 1e6;
  const size = `the largest of ${pages.length} pages ${megabytes.toFixed(2)} MB`;
  const chromium = findChromium();
  if (chromium === null) {
    return { what, bound, said: `${size}; no Chromium is installed, so no time`, holds: null };
  }
  bench.onStep(1, 2, "pages in Chromium");
  const timed = await timePages(
    chromium,
    pages.map((name) => join(reportsFolder, name)),
    bench,
  );
  const slowest = rangeOf(timed.toSorted((a, b) => rangeOf(a).median - rangeOf(b).median).at(-1) ?? []);
  return {
    what,
    bound,
    said: `${size}; the slowest answers after ${rangeText(slowest, "s", 2)}`,
    holds: megabytes <= mostMegabytes && slowest.median <= mostSeconds,
  };
}

/** Per page with figures its times in s. */
async function timePages(chromium: string, pages: readonly string[], bench: Bench): Promise<number[][]> {
  const times = bench.smoke ? 2 : 7;
  const timed: number[][] = [];
  for (const page of pages) {
    const seconds: number[] = [];
    for (let i = 0; i < times; i++) {
      bench.signal.throwIfAborted();
      const took = await timePage(page, chromium);
      if (took !== null) seconds.push(took);
    }
    if (seconds.length > 0) timed.push(seconds);
  }
  if (timed.length === 0) throw new Error("no page of the report has a figure");
  return timed;
}
