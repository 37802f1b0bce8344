import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { findChromium as find } from "../page/browser.js";

export { launchChromium } from "../page/browser.js";

/** Where Chromium is; null when this machine has none and tests may be skipped for it. */
export function findChromium(): string | null {
  const found = find();
  if (found === null && process.env.WIRELAB_REQUIRE_ALL === "1") {
    throw new Error("WIRELAB_REQUIRE_ALL=1, but there is no Chromium on PATH");
  }
  return found;
}

/**
 * What axe-core finds that keeps people from using a page as it is shown now: contrast, names, landmarks, order of headings. Plotly's
 * drawings are left out: axe cannot tell what is behind their text, and what they show is in text beside them. Default: by all of
 * axe's rules.
 */
export async function barriersOf(page: Page, { rules = null }: { rules?: readonly string[] | null } = {}) {
  const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  await page.evaluate(`${axe};0`);
  const options = { resultTypes: ["violations"], ...(rules !== null && { runOnly: rules }) };
  return page.evaluate<
    string[]
  >(`axe.run({ exclude: [".main-svg"] }, ${JSON.stringify(options)}).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ": " + html.slice(0, 200))))`);
}
