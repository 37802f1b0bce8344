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
 * Seconds from the start of navigation until every figure of a page is drawn, and from the mouse's coming to the first until that has
 * shown a hover label, in a fresh browser; null for a page without figures.
 */
export async function timePage(file: string, executablePath: string): Promise<number | null> {
  const browser = await chromium.launch({ executablePath, args: browserArguments });
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(file).href);
    const figures = page.locator("figure.wirelab");
    if ((await figures.count()) === 0) return null;
    await page.waitForFunction(allDrawn);
    const drawnMs = await page.evaluate<number>("performance.now()");
    await figures.first().scrollIntoViewIfNeeded();
    return (drawnMs + (await sweepUntilHover(page))) / 1000;
  } finally {
    await browser.close();
  }
}

/**
 * Moves the mouse to the first figure's marks, then over its plot, until it says something; how long that took it in ms, without the
 * search for a place where it does, which is the bench's own. Throws when it never does.
 */
async function sweepUntilHover(page: Page): Promise<number> {
  for (const mark of await page.locator("figure.wirelab").first().locator("path.point").all()) {
    const at = await mark.boundingBox();
    if (at === null) continue;
    const tookMs = await hoverMs(page, { x: at.x + at.width / 2, y: at.y + at.height / 2 });
    if (tookMs !== null) return tookMs;
  }
  const plot = page.locator("figure.wirelab .nsewdrag").first();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("the first figure has no plot");
  for (const row of [0.5, 0.3, 0.7, 0.15, 0.85]) {
    for (let column = 0.05; column < 1; column += 0.05) {
      const tookMs = await hoverMs(page, { x: box.x + box.width * column, y: box.y + box.height * row });
      if (tookMs !== null) return tookMs;
    }
  }
  throw new Error("no hover label came up over the first figure");
}

/** How long after the mouse came there a label stood beside it; null where none came. */
async function hoverMs(
  page: Page,
  { x, y }: { readonly x: number; readonly y: number },
): Promise<number | null> {
  const beganMs = performance.now();
  await page.mouse.move(x, y);
  const labels = await page.locator("figure.wirelab .hoverlayer .hovertext").count();
  return labels === 0 ? null : performance.now() - beganMs;
}
