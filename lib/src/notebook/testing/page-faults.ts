import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { barriersOf, launchChromium } from "./browser.js";

/** A way of reading a page. */
interface Reading {
  readonly width: number;
  readonly colorScheme: "light" | "dark";
  readonly media: "screen" | "print";
}

/** Every width, colour and medium once: no rule of the theme is about two of them. A4 has 700 px between its margins. */
const readings: readonly Reading[] = [
  { width: 1100, colorScheme: "light", media: "screen" },
  { width: 390, colorScheme: "dark", media: "screen" },
  { width: 700, colorScheme: "dark", media: "print" },
];

/** What axe can find anew in a page that is only shown otherwise; all of its rules take twice as long. */
const rulesOfLooks = ["color-contrast", "scrollable-region-focusable", "link-in-text-block"];

/**
 * What keeps people from using pages of a report, in one browser: what axe-core finds with everything unfolded, errors, requests,
 * figures that are not drawn or have no text, a page that scrolls sideways, and what paper cuts off.
 */
export async function faultsOfPages(files: readonly string[], chromium: string): Promise<string[]> {
  const browser = await launchChromium(chromium);
  try {
    const faults: string[] = [];
    for (const file of files) {
      faults.push(...(await faultsOf(browser, file)).map((fault) => `${basename(file)}: ${fault}`));
    }
    return faults;
  } finally {
    await browser.close();
  }
}

async function faultsOf(browser: Browser, file: string): Promise<string[]> {
  const faults: string[] = [];
  const page = await browser.newPage();
  const url = pathToFileURL(file).href;
  page.on("request", (request) => {
    if (request.url() !== url && !/^(data|blob):/.test(request.url()))
      faults.push(`asks for ${request.url()}`);
  });
  page.on("pageerror", ({ message }) => faults.push(message));
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  await page.goto(url);
  await page.evaluate(unfolded);
  for (const [i, reading] of readings.entries()) {
    const { width, colorScheme, media } = reading;
    const found = await faultsIn(page, reading, i === 0 ? null : rulesOfLooks);
    faults.push(...found.map((fault) => `${media}, ${colorScheme}, ${width} px: ${fault}`));
  }
  faults.push(...(await page.evaluate<string[]>(withoutText)));
  await page.close();
  return faults;
}

async function faultsIn(
  page: Page,
  { width, colorScheme, media }: Reading,
  rules: readonly string[] | null,
): Promise<string[]> {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme, media });
  const notDrawn = await page.evaluate<string[]>(drawnOrNot);
  const wide = await page.evaluate<string[]>(media === "print" ? cutOff : scrollsSideways);
  return [...notDrawn, ...wide, ...(await barriersOf(page, { rules }))];
}

/** Of the numbers of a figure some rows: one is made as the other, and axe takes its time for each. */
const unfolded = `document.querySelectorAll("figure tbody tr:nth-child(n + 6)").forEach((row) => row.remove());
document.querySelectorAll("details").forEach((one) => { one.open = true; })`;

/** Waits until figures have the width that they are to have; a page's policy forbids what Playwright waits with. */
const drawnOrNot = `new Promise((done) => {
  const end = performance.now() + 15000;
  const isLate = (box) => Math.abs((box.querySelector(".main-svg")?.clientWidth ?? 0) - box.clientWidth) > 1;
  const look = () => {
    const late = [...document.querySelectorAll("[data-wirelab-plot]")].filter(isLate);
    if (late.length > 0 && performance.now() < end) requestAnimationFrame(look);
    else done(late.map((box) => "not drawn: " + box.getAttribute("aria-label")));
  };
  look();
})`;

const scrollsSideways = `document.documentElement.scrollWidth > innerWidth
  ? ["the page is " + document.documentElement.scrollWidth + " px wide"] : []`;

/** The first line of folded code is short on purpose. */
const cutOff = `[...document.querySelectorAll("main *:not(.first)")]
  .filter((box) => box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0 && !box.closest("svg"))
  .filter((box) => !getComputedStyle(box).overflowX.startsWith("visible"))
  .map((box) => "cut off on paper: " + box.outerHTML.slice(0, 150))`;

/** Figures tell in a sentence what they show, and have its numbers as a table. */
const withoutText = `(() => {
  const label = (element) => (element.getAttribute("aria-label") ?? element.getAttribute("alt") ?? "").trim();
  const hasText = (element) =>
    element.matches("figure") ? element.querySelector("figcaption")?.textContent.trim() && element.querySelector("table")
    : element.matches("svg") ? element.closest("[data-wirelab-plot], [aria-hidden=true]") || label(element)
    : label(element);
  return [...document.querySelectorAll("main figure, main img, main svg, main [data-wirelab-plot]")]
    .filter((element) => !hasText(element)).map((element) => "no text: " + element.outerHTML.slice(0, 150));
})()`;
