import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./browser.js";

/** Width of a picture in CSS pixels; PNG has twice as many, so that it can be read when printed. */
const width = 1240;

/** Draws a figures page in light colours as one PNG, or its figures under each other as one SVG. */
export async function drawPicture(
  page: string,
  { format, chromium }: { format: "png" | "svg"; chromium: string },
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), "wirelab-picture-"));
  let browser: Browser | null = null;
  try {
    browser = await launchChromium(chromium);
    const file = join(folder, "page.html");
    await writeFile(file, page);
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      deviceScaleFactor: 2,
      colorScheme: "light",
    });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(file).href);
    await tab.waitForFunction(
      `[...document.querySelectorAll("figure.wirelab")].every((figure) => figure.dataset.wirelabDrawn)`,
    );
    if (format === "svg") return Buffer.from(await stackedSvg(tab));
    // Buttons and folded tables do nothing on paper.
    await tab.addStyleTag({ content: ".top,.skip,.wirelab details,.modebar{display:none!important}" });
    return await tab.screenshot({ fullPage: true, type: "png" });
  } finally {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Plotly's own SVG of every figure, each under its title. */
function stackedSvg(tab: Page): Promise<string> {
  return tab.evaluate(`(async () => {
const NS = "http://www.w3.org/2000/svg", HEAD = 40;
const all = document.createElementNS(NS, "svg");
const add = (name, attributes, text) => {
  const element = all.appendChild(document.createElementNS(NS, name));
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, value));
  if (text) element.textContent = text;
  return element;
};
const style = getComputedStyle(document.body);
const ground = add("rect", { width: "100%", height: "100%", fill: getComputedStyle(document.documentElement).backgroundColor });
let y = 8, width = 0;
for (const figure of document.querySelectorAll("figure.wirelab")) {
  const box = figure.querySelector(".js-plotly-plot");
  const text = decodeURIComponent((await Plotly.toImage(box, { format: "svg" })).replace(/^data:image\\/svg\\+xml,/, ""));
  const drawn = document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
  add("text", { x: 12, y: y + 24, "font-size": 17, "font-weight": 600, "font-family": "sans-serif", fill: style.color },
    figure.querySelector("figcaption b").textContent);
  drawn.setAttribute("y", y + HEAD);
  all.append(drawn);
  width = Math.max(width, Number(drawn.getAttribute("width")));
  y += HEAD + Number(drawn.getAttribute("height")) + 16;
}
all.setAttribute("width", width);
all.setAttribute("height", y);
all.setAttribute("viewBox", "0 0 " + width + " " + y);
return new XMLSerializer().serializeToString(all);
})()`);
}
