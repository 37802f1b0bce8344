import { createRequire } from "node:module";

/** Writes HTML into the running cell's output; calling it again replaces what it wrote before. */
export type HtmlSlot = (html: string) => void;

/** The part of tslab that showing needs. */
interface Tslab {
  readonly display: { html(html: string): void };
  newDisplay(): { html(html: string): void };
}

const require = createRequire(import.meta.url);

/**
 * True inside a tslab cell. tslab is asked only if it is loaded already: loading it takes half a second and only the
 * kernel itself needs it.
 */
export function inKernel(): boolean {
  const loaded = require.cache[require.resolve("tslab/dist/jupyter.js")];
  const exported = loaded?.exports as { lastWriteDisplayData?: unknown } | undefined;
  return typeof exported?.lastWriteDisplayData === "function";
}

/** Shows HTML below the running cell; outside a kernel it throws tslab's own "Not ready". */
export function displayHtml(html: string): void {
  tslab().display.html(html);
}

/** Makes a place below the running cell that can be overwritten; outside a kernel its use throws "Not ready". */
export function newHtmlSlot(): HtmlSlot {
  const slot = tslab().newDisplay();
  return (html) => slot.html(html);
}

function tslab(): Tslab {
  return require("tslab") as Tslab;
}
