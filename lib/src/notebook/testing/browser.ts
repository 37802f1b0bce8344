import { findChromium as find } from "../browser.js";

export { launchChromium } from "../browser.js";

/** Where Chromium is; null when this machine has none and tests may be skipped for it. */
export function findChromium(): string | null {
  const found = find();
  if (found === null && process.env.WIRELAB_REQUIRE_ALL === "1") {
    throw new Error("WIRELAB_REQUIRE_ALL=1, but there is no Chromium on PATH");
  }
  return found;
}
