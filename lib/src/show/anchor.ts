import { html, type Markup } from "./html.js";

/** Figures and tables that sentences link to, and what such a link is called. */
export const anchorWords = {
  "figure-waterfall": "the waterfall from REST to gRPC",
  "figure-phases": "the phases of one call",
  "figure-effects": "what one flip makes of REST ÷ gRPC",
  "figure-who-wins": "who wins where",
  "figure-mechanisms": "what mechanisms predicted",
  "table-claims": "the claims and their conditions",
} as const;

/** The id of one of them in its page. */
export type Anchor = keyof typeof anchorWords;

/** The place that a link leads to; in a page that shows the same thing twice to the first. */
export function anchorMarkup(anchor: Anchor): Markup {
  return html`<span id="${anchor}"></span>`;
}
