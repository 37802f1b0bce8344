import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readNotebook, writeNotebook } from "../notebook/cells/ipynb.js";
import { injectParameters } from "../notebook/cells/parameters.js";
import { findChromium, launchChromium } from "../notebook/testing/browser.js";
import { code, notebookOf } from "../notebook/testing/notebooks.js";
import { projectRoot } from "../root.js";
import { hasJupyterLab, type JupyterLab, startJupyterLab } from "./testing/jupyterlab.js";
import { type NotebookPage, openNotebook } from "./testing/notebook-page.js";

const chromium = findChromium();
const jupyterLab = hasJupyterLab();
const pictures = join(projectRoot, "node_modules", ".cache", "wirelab", "jupyterlab");
const timeout = 180_000;
const progressBar = "[data-wirelab-progress]";
const errorText = "[data-mime-type='application/vnd.jupyter.stderr']";

describe.skipIf(chromium === null || !jupyterLab)("in JupyterLab", () => {
  let lab: JupyterLab;
  let browser: Browser;
  beforeAll(async () => {
    lab = await startJupyterLab();
    browser = await launchChromium(chromium ?? "");
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
  }, timeout);

  /** Opens a notebook; how the page looked in the end is kept as a picture. */
  async function open(notebook: string): Promise<NotebookPage> {
    const opened = await openNotebook(browser, lab.url(notebook));
    onTestFinished(async () => {
      await opened.page.screenshot({ path: join(pictures, `${notebook}.png`) });
      await opened.page.context().close();
    });
    return opened;
  }

  it("runs a notebook, with live progress and figures that answer to the mouse", { timeout }, async () => {
    const name = "00-start-here.ipynb";
    const file = join(lab.notebooks, name);
    const notebook = injectParameters(await readNotebook(file), { calls: "2000" });
    await writeNotebook(file, notebook);
    const sources = notebook.cells.flatMap((cell) => (cell.cell_type === "code" ? [cell.source] : []));
    const { page, cell, command, watchProgress } = await open(name);

    const measuring = sources.findIndex((source) => source.includes("lab.measure("));
    const progress = await watchProgress(measuring);
    await command("notebook:run-all-cells");

    const percents = await progress();
    expect(percents[0]).toBeLessThan(100);
    expect(percents).toEqual([...percents].sort((a, b) => a - b));
    expect(percents.at(-1)).toBe(100);
    for (const index of sources.keys()) {
      await expect.poll(() => cell(index).locator(".jp-InputPrompt").textContent()).toBe(`[${index + 1}]:`);
    }
    expect(await page.locator(errorText).allTextContents()).toEqual([]);

    const figures = page.locator("figure.wirelab");
    const drawing = /lab\.(distribution|boxes|shift|timeCourse|publishedBesideMeasured)\(/;
    expect(await figures.count()).toBe(sources.filter((source) => drawing.test(source)).length);
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.and(page.locator("[data-wirelab-drawn]")).waitFor();
    }
    // The page may still move under a mouse that has come to rest, so it moves again.
    const line = figures.locator(".scatterlayer path.js-line").first();
    const label = figures.locator(".hoverlayer .hovertext").first();
    const labels = async () => {
      const { x, y } = await line.evaluate((path: SVGPathElement) => {
        const middle = path.getPointAtLength(path.getTotalLength() / 2);
        const { x, y } = middle.matrixTransform(path.getScreenCTM() ?? undefined);
        return { x, y };
      });
      await page.mouse.move(0, 0);
      await page.mouse.move(x, y);
      return label.isVisible();
    };
    await expect.poll(labels, { timeout: 30_000, interval: 500 }).toBe(true);
    expect(await label.textContent()).toMatch(/\d/);

    const armsColumn = page.locator(".wirelab tbody th").first();
    expect(await armsColumn.evaluate((cell: Element) => getComputedStyle(cell).textAlign)).toBe("left");
  });

  it("keeps the calls, the kernel and no process when a measurement is interrupted", {
    timeout,
  }, async () => {
    const cells = notebookOf(
      code('import * as lab from "wirelab";\nimport { readdirSync } from "node:fs";'),
      code(
        'await lab.measure({ name: "cut", arms: ["rest", "grpc"], pairs: 1, warmupBlocks: 0, blocks: 10_000, callsPerRound: 200 })',
      ),
      code("1 + 1"),
      code(`const runs = process.env.WIRELAB_RUNS;
const kept = await lab.open(runs + "/" + readdirSync(runs).find((name) => name.endsWith("-cut")));
const calls = await kept.calls();
calls.length`),
    );
    await writeNotebook(join(lab.notebooks, "cut.ipynb"), cells);
    const { cell, command, run } = await open("cut.ipynb");
    await run(0);
    const before = lab.processes();

    const measured = run(1);
    await cell(1).locator(progressBar).waitFor();
    if (process.platform === "linux") expect(lab.processes().length).toBeGreaterThan(before.length);
    await command("notebook:interrupt-kernel");
    await measured;

    const sentence = await cell(1)
      .locator(`${progressBar} + small`, { hasText: "finished so far" })
      .textContent();
    const [, count, folder = ""] = /The (\d+) calls finished so far are in (\S+);/.exec(sentence ?? "") ?? [];
    expect(Number(count)).toBeGreaterThan(0);
    expect((await readdir(lab.runs)).map((name) => join(lab.runs, name))).toContain(folder);
    await expect.poll(() => lab.processes().filter((pid) => !before.includes(pid))).toEqual([]);

    const printed = async (index: number) => {
      await run(index);
      return (await cell(index).locator(".jp-OutputArea-output").allTextContents()).join("").trim();
    };
    // The kernel leaves out what it is asked right after an error.
    await expect.poll(() => printed(2), { timeout: 10_000 }).toBe("2");
    expect(Number(await printed(3))).toBeGreaterThanOrEqual(Number(count));
  });
});
