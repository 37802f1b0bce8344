import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";

const allDrawn = 'document.querySelectorAll("figure.wirelab:not([data-wirelab-drawn])").length === 0';
const browserArguments = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--disable-background-networking",
];

/**
 * Seconds from the start of navigation until every figure of a page is drawn and the first has shown a hover label, in
 * a fresh browser; null for a page without figures.
 */
export async function timePage(file: string, executablePath: string): Promise<number | null> {
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const figures = page.locator("figure.wirelab");
    if ((await figures.count()) === 0) return null;
    await page.waitForFunction(allDrawn);
    await figures.first().scrollIntoViewIfNeeded();
    await sweepUntilHover(page);
    return (await page.evaluate<number>("performance.now()")) / 1000;
  } finally {
    await browser.close();
  }
}

/** Moves the mouse to the first figure's marks, then over its plot, until it says something; throws when it never does. */
async function sweepUntilHover(page: Page): Promise<void> {
  for (const mark of await page.locator("figure.wirelab").first().locator("path.point").all()) {
    const at = await mark.boundingBox();
    if (at !== null) await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
    if (await hasHover(page)) return;
  }
  const plot = page.locator("figure.wirelab .nsewdrag").first();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("the first figure has no plot");
  for (const row of [0.5, 0.3, 0.7, 0.15, 0.85]) {
    for (let column = 0.05; column < 1; column += 0.05) {
      await page.mouse.move(box.x + box.width * column, box.y + box.height * row);
      if (await hasHover(page)) return;
    }
  }
  throw new Error("no hover label came up over the first figure");
}

async function hasHover(page: Page): Promise<boolean> {
  return (await page.locator("figure.wirelab .hoverlayer .hovertext").count()) > 0;
}
