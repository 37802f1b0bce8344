import { showable } from "../display.js";
import { escapeHtml } from "../html.js";

/** Sentences made from numbers, a paragraph each. */
export interface Prose {
  readonly paragraphs: readonly string[];
}

/** Shows paragraphs as a cell's text. */
export function prose(paragraphs: readonly string[]): Prose {
  return showable(
    { paragraphs },
    {
      html: () => paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n"),
      text: () => paragraphs.join("\n"),
    },
  );
}
