import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { findChromium, launchChromium } from "../../notebook/testing/browser.js";
import { sampleHistory } from "../testing/histories.js";
import { sampleLoadCalls, sampleSeries } from "../testing/loads.js";
import { HOSTILE, PUBLISHED_ROWS, sampleCalls, sampleVerdicts } from "../testing/samples.js";
import { boxes } from "./boxes.js";
import { callByCall } from "./call-by-call.js";
import { cumulativeMean } from "./cumulative-mean.js";
import { distribution } from "./distribution.js";
import { type Figure, figureHtml } from "./figure.js";
import { history } from "./history.js";
import { loadSeries } from "./load-series.js";
import { plotlyScript } from "./plotly.js";
import { publishedBesideMeasured } from "./published-beside-measured.js";
import { ratioLedger } from "./ratio-ledger.js";
import { ratioPath } from "./ratio-path.js";
import { timeCourse } from "./time-course.js";

const chromium = findChromium();
const source = "data/runs/sample";
const calls = sampleCalls();
const samplePath = {
  statement: HOSTILE,
  ratio: "REST ÷ gRPC, median",
  published: 85,
  steps: [{ step: HOSTILE, ratio: { value: 2, low: 1.5, high: 2.5, confidence: 0.99 }, missing: "" }],
  scope: "these processes only",
};
const gallery = [
  distribution(calls, { source }),
  boxes(calls, { source }),
  timeCourse(calls, { source }),
  publishedBesideMeasured(PUBLISHED_ROWS, { source }),
  ratioLedger(sampleVerdicts(8)),
  distribution(sampleCalls({ arms: [{ name: HOSTILE, medianMs: 1 }], pairs: 1 }), { source }),
  loadSeries(sampleSeries(["rest", HOSTILE]), { source, runTimeMs: 5000 }),
  callByCall(sampleLoadCalls(["rest", "grpc"], 3000), { source }),
  cumulativeMean(sampleLoadCalls(["rest", HOSTILE], 3000), { source }),
  publishedBesideMeasured(
    PUBLISHED_ROWS.map((row) => ({ ...row, replicated: row.measured })),
    { source },
  ),
  ratioPath(samplePath, { source }),
  history(sampleHistory(14, [HOSTILE, "grpc"]), { title: HOSTILE, source }),
].filter((shown): shown is Figure => shown !== null);

const allDrawn = (count: number): string =>
  `document.querySelectorAll("[data-wirelab-drawn] .main-svg").length >= ${count}`;

describe.skipIf(chromium === null)("figures in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? "");
  });
  afterAll(() => browser?.close());

  /** Opens figures from disk; an error in the page or any request but for itself fails the test. */
  async function open(body: string, options: BrowserContextOptions = {}): Promise<Page> {
    const folder = mkdtempSync(join(tmpdir(), "wirelab-figures-"));
    const file = join(folder, "page.html");
    const style = "<style>:root{color-scheme:light dark}body{margin:8px;background:Canvas}</style>";
    const head = `<!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width">${style}`;
    writeFileSync(file, `${head}${body}`);
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble: string[] = [];
    const url = pathToFileURL(file).href;
    page.on("request", (request) => {
      if (request.url() !== url && !/^(data|blob):/.test(request.url())) trouble.push(request.url());
    });
    page.on("pageerror", (error) => trouble.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") trouble.push(message.text());
    });
    onTestFinished(async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true });
      expect(trouble).toEqual([]);
    });
    await page.goto(url);
    return page;
  }

  const figures = gallery.map((shown, i) => figureHtml(shown, `figure-${i}`)).join("\n");

  it.each([
    ["light", 1000, "wide"],
    ["dark", 1000, "wide"],
    ["light", 390, "narrow"],
    ["dark", 390, "narrow"],
  ] as const)("all draw in a %s page of %d px, within its width", async (colorScheme, width, layout) => {
    const page = await open(plotlyScript() + figures, { colorScheme, viewport: { width, height: 800 } });
    await page.waitForFunction(allDrawn(gallery.length));
    expect(await page.locator(`[data-wirelab-drawn="${layout}"]`).count()).toBe(gallery.length);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    expect(await page.evaluate("window.pwned")).toBeUndefined();
    const ink = await page
      .locator("#figure-0 .xtick text")
      .first()
      .evaluate(({ style }: SVGElement) => style.fill);
    expect(ink).toBe(colorScheme === "dark" ? "rgb(255, 255, 255)" : "rgb(0, 0, 0)");
  });

  it.each([1000, 390])(
    "write no row's label over another in a ledger of 30 claims at %d px",
    async (width) => {
      const ledger = ratioLedger(sampleVerdicts(30)) as Figure;
      const page = await open(plotlyScript() + figureHtml(ledger, "ledger"), {
        viewport: { width, height: 800 },
      });
      await page.waitForFunction(allDrawn(1));
      const overlaps = await page.evaluate(`(() => {
      const groups = [".ytick", ".annotation", ".xtick", ".legend .traces"];
      return groups.flatMap((group) => {
        const boxes = [...document.querySelectorAll(group)].map((node) => node.getBoundingClientRect());
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) =>
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1).map(() => group));
      });
    })()`);
      expect(overlaps).toEqual([]);
      expect(await page.locator(".legend .traces").count()).toBe(3);
    },
  );

  it("draw finer slots of what is in view where the reader has zoomed in, and the coarse ones again", async () => {
    const many = sampleCalls({
      arms: [{ name: "rest", medianMs: 1 }],
      pairs: 1,
      blocks: 4,
      callsPerRound: 5000,
    });
    const page = await open(plotlyScript() + figureHtml(timeCourse(many, { source }), "course"));
    await page.waitForFunction(allDrawn(1));
    const points = (count: string) =>
      `document.querySelectorAll("#course .scatterlayer .trace:nth-child(2) path.point").length ${count}`;
    await page.waitForFunction(points("=== 12"));
    const plot = await page.locator("#course .nsewdrag").boundingBox();
    if (plot === null) throw new Error("there is no plot");
    await page.mouse.move(plot.x + plot.width * 0.4, plot.y + plot.height / 2);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.6, plot.y + plot.height / 2, { steps: 4 });
    await page.mouse.up();
    await page.waitForFunction(points("> 35"));
    expect(await page.evaluate(points("< 80"))).toBe(true);
    await page.mouse.dblclick(plot.x + plot.width / 2, plot.y + plot.height / 2);
    await page.waitForFunction(points("=== 12"));
  });

  it("follow a theme and a width that change", async () => {
    const page = await open(plotlyScript() + figures, { viewport: { width: 1000, height: 800 } });
    await page.waitForFunction(allDrawn(gallery.length));
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(
      `document.querySelector("#figure-0 .xtick text").style.fill === "rgb(255, 255, 255)"`,
    );
    await page.evaluate(`document.documentElement.setAttribute("style", "--ink: rgb(1, 2, 3)")`);
    await page.waitForFunction(
      `document.querySelector("#figure-0 .xtick text").style.fill === "rgb(1, 2, 3)"`,
    );
    await page.setViewportSize({ width: 390, height: 800 });
    await page.waitForSelector('#figure-0[data-wirelab-drawn="narrow"]');
  });

  it("wait for a Plotly that comes later, as it does when cells run out of order", async () => {
    const page = await open(figures);
    expect(await page.locator("[data-wirelab-drawn]").count()).toBe(0);
    await page.evaluate((script) => {
      const range = document.createRange();
      document.body.append(range.createContextualFragment(script));
    }, plotlyScript());
    await page.waitForFunction(allDrawn(gallery.length));
  });

  it("define Plotly where a module loader lies in wait for it", async () => {
    const loader = "<script>window.define = () => { throw new Error('defined'); }; define.amd = {};</script>";
    const page = await open(loader + plotlyScript() + figures);
    await page.waitForFunction(allDrawn(gallery.length));
  });

  it("hand out their table as a file, by keyboard", async () => {
    const page = await open(plotlyScript() + figures);
    await page.locator("#figure-3 summary").press("Enter");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#figure-3 details button").press("Enter"),
    ]);
    const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
    expect(lines[0]).toBe("arm,metric,published (ms),ported (ms),ported low (ms),ported high (ms)");
    expect(lines[2]).toBe(`rest,"total of 10,000 calls",79800,1240,${1240 * 0.97},${1240 * 1.04}`);
    expect(download.suggestedFilename()).toBe("published-and-measured-total-of-10-000-calls.csv");
  });

  it("offer no button that would send them anywhere", async () => {
    const page = await open(plotlyScript() + figures);
    await page.waitForFunction(allDrawn(gallery.length));
    const buttons = await page
      .locator("#figure-0 .modebar-btn")
      .evaluateAll((all) => all.map((button) => button.getAttribute("data-title")));
    expect(buttons).toEqual(["Download plot as a PNG", "Zoom", "Pan", "Zoom in", "Zoom out", "Reset axes"]);
  });

  it("answer the pointer with three digits and a unit", async () => {
    const page = await open(plotlyScript() + figures);
    await page.waitForFunction(allDrawn(gallery.length));
    await page.locator("#figure-3").scrollIntoViewIfNeeded();
    await page
      .locator("#figure-3 .scatterlayer .trace")
      .nth(1)
      .locator(".point")
      .nth(1)
      .hover({ force: true });
    await page.waitForSelector("#figure-3 .hoverlayer .hovertext");
    expect((await page.locator("#figure-3 .hoverlayer").textContent())?.replaceAll("\u202f", " ")).toContain(
      "ported: 1.24 s (1.20–1.29 s)",
    );
  });
});
