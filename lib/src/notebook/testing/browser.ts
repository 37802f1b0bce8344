import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** Where Chromium is; null when this machine has none and tests may be skipped for it. */
export function findChromium(): string | null {
  const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin"];
  for (const name of names) {
    const found = folders.map((folder) => join(folder, name)).find(canRun);
    if (found !== undefined) return found;
  }
  if (process.env.WIRELAB_REQUIRE_ALL === "1") {
    throw new Error("WIRELAB_REQUIRE_ALL=1, but there is no Chromium on PATH");
  }
  return null;
}

/** Starts Chromium so that it makes no request of its own. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
  return chromium.launch({ executablePath, args });
}

function canRun(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
