import type { Output } from "./cells/ipynb.js";

/**
 * How far a measurement is, read from what it displays: an element with `data-wirelab-progress="0.43"` and, for
 * people, `data-wirelab-progress-text="…"`. Null when the output shows no progress.
 */
export function readProgress(output: Output): { fraction: number; text: string } | null {
  if (output.output_type !== "display_data") return null;
  const html = output.data["text/html"];
  if (typeof html !== "string") return null;
  const fraction = Number(/data-wirelab-progress="([\d.]+)"/.exec(html)?.[1] ?? Number.NaN);
  if (!(fraction >= 0 && fraction <= 1)) return null;
  return { fraction, text: unescapeHtml(/data-wirelab-progress-text="([^"]*)"/.exec(html)?.[1] ?? "") };
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
