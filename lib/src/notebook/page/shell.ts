import { type Hole, html, type Markup, trusted } from "../../show/html.js";
import { pageScript, themeScript, themeStyle } from "./theme.js";

/** The parts that a page of the report is put together from. */
export interface ShellParts {
  readonly title: string;
  readonly main: Markup;
  /** Navigation beside the text; null for none. */
  readonly contents: Markup | null;
  /** Link back to the index; null on the index itself. */
  readonly indexHref: string | null;
  /** Machine, versions, date: what the results hold for, a line each. */
  readonly scope: readonly string[];
  /** A script that figures need, e.g. Plotly; goes into the head once. */
  readonly headScript: string | null;
  readonly hasCode: boolean;
  /** A script that works on what is in the page, after it; null for none. */
  readonly endScript: Markup | null;
}

/** The browser refuses whatever is not in the file itself, so a page cannot call out, whatever an output holds. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; " +
  "media-src data: blob:; connect-src data: blob:; worker-src blob:; base-uri 'none'; form-action 'none'";

/** A whole HTML document that needs no other file and no network. */
export function renderShell(parts: ShellParts): string {
  const { title, main, contents, indexHref, headScript } = parts;
  const back: Hole =
    indexHref === null ? null : html`<nav aria-label="Report"><a href="${indexHref}">← All results</a></nav>`;
  const codeButton: Hole = parts.hasCode
    ? html`<button type="button" data-code-button aria-pressed="false" hidden>Show code</button>`
    : null;
  return html`${trusted("<!doctype html>")}
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="data:,">
${themeStyle()}
${themeScript()}
${headScript === null ? null : trusted(headScript)}
</head>
<body>
<a class="skip" href="#main">Skip to the text</a>
<header class="top">${back}<div class="tools">${codeButton}<button type="button" data-theme-button hidden>Dark</button></div></header>
<div class="layout${contents === null ? "" : " with-toc"}">
${contents}
<main id="main" tabindex="-1">
${main}
</main>
</div>
<footer aria-label="Scope">${scopeList(parts.scope)}</footer>
${parts.endScript}${pageScript()}
</body>
</html>
`.markup;
}

function scopeList(lines: readonly string[]): Hole {
  if (lines.length === 0) return null;
  return html`<h2>What these results hold for</h2><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
