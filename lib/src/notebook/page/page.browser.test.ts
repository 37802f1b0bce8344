import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page, Request } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { comparedRounds } from "../../analysis/rounds/compared-rounds.js";
import { compare } from "../../lab/compare.js";
import { recompute } from "../../recompute/recompute.js";
import { sayComparison } from "../../recompute/words.js";
import { boxes } from "../../show/figures/boxes.js";
import { figureHtml } from "../../show/figures/figure.js";
import { plotlyScript } from "../../show/figures/plotly.js";
import { tableHtml } from "../../show/tables/table.js";
import { sampleCalls } from "../../show/testing/samples.js";
import { comparisonWords } from "../../verdicts/words/comparison-words.js";
import { renderIndex } from "../report/index-page.js";
import { barriersOf, findChromium, launchChromium } from "../testing/browser.js";
import {
  armsOfSample,
  byMetric,
  byOtherChoices,
  bySeconds,
  choose,
  comparisonHtml,
  goBack,
  type Printed,
  printedOf,
  readAll,
  sampleLoadRun,
  sampleRun,
} from "../testing/comparisons.js";
import { claim, environment, everything, finding, verdict } from "../testing/fixed.js";
import { code, notebookOf, prose, shows, temporaryFolder } from "../testing/notebooks.js";
import { faultsOfPages } from "../testing/page-faults.js";
import { renderPage } from "./page.js";

const chromium = findChromium();

describe.skipIf(chromium === null)("a page in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium(chromium ?? "");
  });
  afterAll(() => browser?.close());

  const stop = { cell: 9, cellId: "failed", reason: "TypeError: no such arm" };
  const scope = ["Machine: Example CPU, 2 cores."];
  const full = renderPage(everything(), { title: "What a call costs", scope, stop, indexHref: "index.html" });

  /** Opens a page from disk; an error in it, or a request but for itself and those `refused`, fails the test. */
  async function open(
    content: string,
    options: BrowserContextOptions = {},
    refused: string[] = [],
  ): Promise<Page> {
    const file = join(await temporaryFolder(), "page.html");
    await writeFile(file, content);
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const trouble: string[] = [];
    const requests: Request[] = [];
    const url = pathToFileURL(file).href;
    page.on("request", (request) => {
      if (request.url() !== url && !request.url().startsWith("data:")) requests.push(request);
    });
    page.on("pageerror", (error) => trouble.push(error.message));
    onTestFinished(async () => {
      await context.close();
      expect(trouble).toEqual([]);
      expect(requests.map((request) => `${request.failure()?.errorText} ${request.url()}`)).toEqual(refused);
    });
    await page.goto(url);
    return page;
  }

  it("runs the scripts of its figures and none from its data", async () => {
    const page = await open(full);
    expect(await page.evaluate("[window.bundles, window.drawn, window.pwned]")).toEqual([1, true, undefined]);
  });

  it("refuses a request that an output tries to make", async () => {
    const source = `<img src="https://example.org/a.png" onerror="window.refused = true"><script>fetch("https://example.org/").catch(() => { window.fetched = "refused"; });</script>`;
    const notebook = notebookOf(prose("# Calls out"), code("x", { outputs: [shows(source)] }));
    const page = await open(renderPage(notebook, { title: "t" }), {}, ["csp https://example.org/a.png"]);
    await page.waitForFunction("window.refused && window.fetched === 'refused'");
  });

  it("follows the system's colours until the reader chooses, and remembers the choice", async () => {
    const page = await open(full, { colorScheme: "dark" });
    const paper = () => page.evaluate<string>("getComputedStyle(document.documentElement).backgroundColor");
    const dark = await paper();
    await page.getByRole("button", { name: "Switch to light colours" }).click();
    const light = await paper();
    expect(light).not.toBe(dark);
    await page.reload();
    expect(await paper()).toBe(light);
    await page.emulateMedia({ colorScheme: "light" });
    await page.getByRole("button", { name: "Switch to dark colours" }).click();
    expect(await paper()).toBe(dark);
    await page.emulateMedia({ media: "print" });
    expect(await paper()).toBe("rgb(255, 255, 255)");
  });

  it("unfolds code one by one and all at once", async () => {
    const page = await open(full);
    const shown = page.locator("#cell-parameters pre");
    expect(await shown.isVisible()).toBe(false);
    await page.locator("#cell-parameters summary").click();
    expect(await shown.isVisible()).toBe(true);
    await page.getByRole("button", { name: "Show code" }).click();
    expect(await page.locator("details.code:not([open])").count()).toBe(0);
    await page.getByRole("button", { name: "Hide code" }).click();
    expect(await page.locator("details.code[open]").count()).toBe(0);
  });

  it("has a way for the keyboard, landmarks and names", async () => {
    const page = await open(full);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the text");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
    for (const role of ["main", "banner", "contentinfo"] as const)
      expect(await page.getByRole(role).count()).toBe(1);
    expect(await page.getByRole("navigation", { name: "Contents" }).count()).toBe(1);
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    const ids = await page.evaluate<string[]>("[...document.querySelectorAll('[id]')].map(({ id }) => id)");
    expect(new Set(ids).size).toBe(ids.length);
    const broken =
      "[...document.querySelectorAll('a[href^=\"#\"]')].filter((a) => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length";
    expect(await page.evaluate(broken)).toBe(0);
  });

  const index = renderIndex({
    environment,
    startedAt: new Date("2026-01-01T00:00:00Z"),
    notebooks: [{ name: "01", title: "One", status: "failed", seconds: 3, reason: "no", page: "01.html" }],
    ledger: [{ verdict, href: "01.html#cell-a" }],
    claims: [claim],
    claimConditions: [],
    findings: [{ value: finding, href: "01.html#cell-b" }],
    runs: [{ value: { folder: verdict.run, environment, warnings: [] }, href: "01.html#cell-c" }],
    noise: ["Noise floor: not measured."],
    ledgerPicture: () => "<svg></svg>",
  });

  it.each([[360], [1200]])(
    "shows the index without a request, and not too wide at %i pixels",
    async (width) => {
      const page = await open(index, { viewport: { width, height: 800 } });
      const widths = await page.evaluate<number[]>("[document.documentElement.scrollWidth, innerWidth]");
      expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    },
  );

  it.each([
    ["light", 1200],
    ["dark", 390],
  ] as const)(
    "keeps nobody out, by what axe can tell, in %s colours at %i pixels",
    async (colorScheme, width) => {
      const table = tableHtml(
        { columns: [{ name: "arm", kind: "text" }], rows: [["rest"]] },
        "The same table",
      );
      const figure = figureHtml(boxes(sampleCalls(), { source: null }), "boxes");
      const comparison = await comparisonHtml(sampleRun({ pairs: 2 }), { first: "rest", second: "grpc" });
      const shown = [table.markup, table.markup, plotlyScript() + figure, comparison];
      const { cells } = everything();
      // The page keeps the first bundle, and that of the other cells only counts how often it is there.
      const notebook = notebookOf(
        ...shown.map((markup) => code("x", { outputs: [shows(markup)] })),
        ...cells,
      );
      for (const content of [
        renderPage(notebook, { title: "t", scope, stop, indexHref: "index.html" }),
        index,
      ]) {
        const page = await open(content, { colorScheme, viewport: { width, height: 800 } });
        await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
        if (content !== index) await page.locator("[data-wirelab-drawn]").waitFor({ timeout: 10_000 });
        expect(await barriersOf(page)).toEqual([]);
      }
    },
  );

  it("is found at fault, as notebooks' own tests look, for what is planted", async () => {
    const planted = [
      '<p style="color:#999;background:#fff">faint</p><p style="color:#222;background:#151719">dark</p>',
      '<img src="https://example.org/a.png"><figure class="wirelab"><figcaption>No table</figcaption></figure>',
      '<script>throw new Error("thrown")</script><div style="width:800px;overflow:hidden">',
      '<div style="width:900px">wide</div></div>',
    ].join("");
    const page = renderPage(notebookOf(prose("# t")), { title: "t" }).replace("</main>", `${planted}</main>`);
    const file = join(await temporaryFolder(), "page.html");
    await writeFile(file, page);
    const found = (await faultsOfPages([file], chromium ?? "")).join("\n");
    for (const fault of [
      /asks for https:\/\/example\.org/,
      /page\.html: thrown$/m,
      /Content Security Policy/,
      /screen, light, 1100 px: color-contrast: .*faint/,
      /screen, light, 1100 px: image-alt/,
      /screen, dark, 390 px: the page is 8\d\d px wide/,
      /screen, dark, 390 px: color-contrast: .*dark/,
      /print, dark, 700 px: cut off on paper/,
      /no text: <img/,
      /no text: <figure/,
    ]) {
      expect(found).toMatch(fault);
    }
  });

  describe("a comparison in it", () => {
    const [chain, load] = [sampleRun(), sampleLoadRun()];
    const cases = [
      ...armsOfSample.map((arms, i) => ({
        run: chain,
        arms,
        choices: i === 0 ? [...byMetric, ...byOtherChoices] : byMetric,
      })),
      { run: load, arms: { first: "rest", second: "grpc" }, choices: [...byMetric, ...bySeconds] },
    ];
    const compared = cases.map(({ run, arms }) => comparisonHtml(run, arms));
    const pageOf = async (outputs: readonly string[]) =>
      renderPage(
        notebookOf(prose("# Compared"), ...outputs.map((shown) => code("x", { outputs: [shows(shown)] }))),
        {
          title: "t",
        },
      );

    it("is chosen by keyboard, announced, as wide as a phone, and printed without its form", async () => {
      const [shown = ""] = await Promise.all(compared);
      const page = await open(await pageOf([shown]), { viewport: { width: 390, height: 800 } });
      const result = page.getByRole("status");
      const before = await result.textContent();
      await page.getByRole("combobox", { name: "Metric" }).press("ArrowDown");
      await result.getByText("(mean)").waitFor();
      await page.getByRole("combobox", { name: "Warm-up" }).press("ArrowDown");
      await page.getByRole("spinbutton", { name: "Blocks to leave out" }).press("ArrowUp");
      await page.getByRole("combobox", { name: "What repeats" }).press("End");
      await page.getByText("Counted wrongly").waitFor();
      expect(await result.textContent()).toMatch(
        /\(mean\).*A careless post would say.*first 2 blocks of every/s,
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
      await page.emulateMedia({ media: "print" });
      expect([await page.locator("form").isVisible(), await result.isVisible()]).toEqual([false, true]);
      await page.emulateMedia({ media: "screen" });
      await page.getByRole("button", { name: "As in the notebook" }).press("Enter");
      await page.getByText("Counted wrongly").waitFor({ state: "hidden" });
      expect(await result.textContent()).toBe(before);
    });

    it("is computed anew as the library computes it, digit by digit: all arms, all metrics, and a load", async () => {
      const page = await open(await pageOf(await Promise.all(compared)));
      const printed = await page.evaluate<Printed[]>(readAll);
      for (const [index, { run, arms, choices }] of cases.entries()) {
        const rounds = comparedRounds(await run.calls(), run.info, arms);
        const words = comparisonWords(arms.first, arms.second);
        for (const { fields, choice } of choices) {
          const shown = await page.evaluate<Printed>(choose(index, fields));
          const found = recompute(rounds, choice);
          const said = sayComparison(found, choice, words);
          expect(shown, JSON.stringify({ ...arms, ...fields })).toEqual(printedOf(said, found));
        }
        // What the cell itself printed, before anything was chosen and after going back to it.
        const { said } = printed[index] as Printed;
        const own = await compare(run, arms);
        expect(printed[index]).toEqual({ said, ...own.ratio, confidence: undefined });
        expect(await page.evaluate<Printed>(goBack(index))).toEqual(printedOf(said, own));
      }
    });
  });

  it.each([[360], [800], [1400]])("does not scroll sideways at %i pixels", async (width) => {
    const page = await open(full, { viewport: { width, height: 800 } });
    const widths = await page.evaluate<number[]>("[document.documentElement.scrollWidth, innerWidth]");
    expect(widths[0]).toBeLessThanOrEqual(widths[1] ?? 0);
  });

  it.each(["light", "dark"] as const)("has text of enough contrast in %s", async (colorScheme) => {
    const page = await open(full, { colorScheme });
    const colours = await page.evaluate<Record<string, string>>(`(() => {
      const style = getComputedStyle(document.documentElement);
      return Object.fromEntries(["paper", "panel", "bad-paper", "ink", "muted", "accent", "rest", "grpc", "none", "string", "bad"].map((n) => [n, style.getPropertyValue("--" + n)]));
    })()`);
    for (const name of ["ink", "muted", "accent", "rest", "grpc", "none"]) {
      expect(contrast(colours[name], colours.paper), name).toBeGreaterThanOrEqual(4.5);
    }
    for (const name of ["ink", "muted", "accent", "string"]) {
      expect(contrast(colours[name], colours.panel), `${name} on panel`).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(colours.bad, colours["bad-paper"]), "bad").toBeGreaterThanOrEqual(4.5);
  });
});

/** Contrast ratio of two #rrggbb colours, as WCAG 2.1 defines it. */
function contrast(a = "", b = ""): number {
  const luminance = (colour: string) => {
    const [r = 0, g = 0, blue = 0] = [1, 3, 5].map((at) => {
      const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}
