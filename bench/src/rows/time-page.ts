import { pathToFileURL } from "node:url";
import { chromium, type Page } from "playwright-core";

const allDrawn = 'document.querySelectorAll("figure.wirelab:not([data-wirelab-drawn])").length === 0';
const hoverLabel = "figure.wirelab .hoverlayer .hovertext";
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
    return (drawnMs + (await labelMs(page))) / 1000;
  } finally {
    await browser.close();
  }
}

/** A place on the page, in CSS pixels. */
interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * How long the first figure takes, in ms, from the mouse's coming to a label beside it. Where it has something to say is the bench's own
 * search, and not counted.
 */
async function labelMs(page: Page): Promise<number> {
  const { x, y } = await findAnswer(page);
  const label = page.locator(hoverLabel).first();
  await page.mouse.move(0, 0);
  await label.waitFor({ state: "detached" });
  const beganMs = performance.now();
  await page.mouse.move(x, y);
  await label.waitFor({ state: "attached" });
  return performance.now() - beganMs;
}

/** Moves the mouse to the first figure's marks, then over its plot, until it says something; throws when it never does. */
async function findAnswer(page: Page): Promise<Place> {
  for (const mark of await page.locator("figure.wirelab").first().locator("path.point").all()) {
    const at = await mark.boundingBox();
    if (at === null) continue;
    const place = { x: at.x + at.width / 2, y: at.y + at.height / 2 };
    if (await answersAt(page, place)) return place;
  }
  const plot = page.locator("figure.wirelab .nsewdrag").first();
  const box = await plot.boundingBox();
  if (box === null) throw new Error("the first figure has no plot");
  for (const row of [0.5, 0.3, 0.7, 0.15, 0.85]) {
    for (let column = 0.05; column < 1; column += 0.05) {
      const place = { x: box.x + box.width * column, y: box.y + box.height * row };
      if (await answersAt(page, place)) return place;
    }
  }
  throw new Error("no hover label came up over the first figure");
}

async function answersAt(page: Page, { x, y }: Place): Promise<boolean> {
  await page.mouse.move(x, y);
  return (await page.locator(hoverLabel).count()) > 0;
}
