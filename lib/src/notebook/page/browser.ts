import { type Browser, chromium } from "playwright-core";
import { findProgram } from "../../hosts/find-executable.js";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** Where Chromium is; null when this machine has none. */
export function findChromium(path?: string): string | null {
  return findProgram(names, { ...(path !== undefined && { path }), folders: ["/usr/bin"] });
}

/** Starts Chromium so that it makes no request of its own. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
  return chromium.launch({ executablePath, args });
}
