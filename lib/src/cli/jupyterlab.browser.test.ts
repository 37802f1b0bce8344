import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readNotebook, writeNotebook } from "../notebook/ipynb.js";
import { injectParameters } from "../notebook/parameters.js";
import { findChromium, launchChromium } from "../notebook/testing/browser.js";
import { code, notebookOf } from "../notebook/testing/notebooks.js";
import { hasJupyterLab, type JupyterLab, startJupyterLab } from "./testing/jupyterlab.js";
import { type NotebookPage, openNotebook } from "./testing/notebook-page.js";

const chromium = findChromium();
const timeout = 180_000;

describe.skipIf(chromium === null || !hasJupyterLab())("in JupyterLab", () => {
  let lab: JupyterLab;
  let browser: Browser;
  beforeAll(async () => {
    [lab, browser] = await Promise.all([startJupyterLab(), launchChromium(chromium ?? "")]);
  }, timeout);
  afterAll(async () => {
    await browser?.close();
    await lab?.stop();
  }, timeout);

  async function open(notebook: string): Promise<NotebookPage> {
    const opened = await openNotebook(browser, lab.url(notebook));
    onTestFinished(() => opened.page.context().close());
    return opened;
  }

  it("runs a notebook, with live progress and figures that answer to the mouse", { timeout }, async () => {
    const file = join(lab.notebooks, "01-what-a-call-costs.ipynb");
    const small = injectParameters(await readNotebook(file), { calls: "60", pairs: "2" });
    await writeNotebook(file, small);
    const { page, command, cell, watchProgress } = await open("01-what-a-call-costs.ipynb");
    const codeCells = small.cells.filter(({ cell_type }) => cell_type === "code");
    const measuring = codeCells.findIndex(({ source }) => source.includes("lab.measure("));

    const progress = await watchProgress(measuring);
    await page.screenshot({ path: "pictures/0-open.png" });
    const ran = command("notebook:run-all-cells");
    await cell(measuring).locator("[data-wirelab-progress]").waitFor();
    await cell(measuring).scrollIntoViewIfNeeded();
    await page.screenshot({ path: "pictures/1-progress.png" });
    await ran;

    const shown = await progress();
    expect(shown.filter((percent) => percent > 0 && percent < 100)).not.toEqual([]);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(shown.at(-1)).toBe(100);
    for (const index of codeCells.keys()) {
      await expect.poll(() => cell(index).locator(".jp-InputPrompt").textContent()).toBe(`[${index + 1}]:`);
    }
    const stderr = ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']";
    expect(await page.locator(stderr).allTextContents()).toEqual([]);
    const figures = page.locator("figure.wirelab");
    const expected = codeCells.filter(({ source }) =>
      /lab\.(distribution|boxes|timeCourse|publishedBeside)/.test(source),
    );
    expect(await figures.count()).toBe(expected.length);
    for (const figure of await figures.all()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator("xpath=self::*[@data-wirelab-drawn]").waitFor();
    }
    for (const theme of ["JupyterLab Light", "JupyterLab Dark"]) {
      await command("apputils:change-theme", { theme });
      await page.waitForTimeout(1500);
      for (const index of codeCells.keys()) {
        const out = cell(index).locator(".jp-OutputArea").first();
        if ((await cell(index).locator(".jp-OutputArea-output").count()) === 0) continue;
        await cell(index).scrollIntoViewIfNeeded();
        await page.waitForTimeout(200);
        await out.screenshot({ path: `pictures/${theme.slice(11)}-${index}.png` });
      }
      await figures.first().scrollIntoViewIfNeeded();
      await page.screenshot({ path: `pictures/${theme.slice(11)}-page.png` });
    }
    await figures.first().evaluate((n) => require("node:fs").writeFileSync("pictures/fig.html", n.outerHTML)).catch(() => {});
  });
});
