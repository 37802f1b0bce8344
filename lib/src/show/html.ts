/** Markup that is safe to put into a page as it is; made by `html`, `trusted` and `jsonScript` only. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a hole of an `html` template. */
export type Hole = string | number | Markup | null | undefined | false | readonly Hole[];

/** What characters mean something in HTML, in text or in a quoted attribute. */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Escapes text for HTML text and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * Template tag that escapes every hole, except markup made by this module; arrays are joined, and null, undefined and
 * false leave nothing.
 *
 * @example
 * html`<td>${armName}</td>`.markup
 */
export function html(parts: TemplateStringsArray, ...holes: readonly Hole[]): Markup {
  let markup = parts[0] ?? "";
  holes.forEach((hole, index) => {
    markup += fill(hole) + (parts[index + 1] ?? "");
  });
  return { markup };
}

/** Declares text to be safe markup: for constants of this project only, never for anything that was read or measured. */
export function trusted(markup: string): Markup {
  return { markup };
}

/**
 * A `<script type="application/json">` with a value in it that the page can read back with `JSON.parse`.
 * `<` is written as `\u003c`, so no value can close the script or open a comment in it.
 */
export function jsonScript(value: unknown, attributes: Readonly<Record<string, string>> = {}): Markup {
  const written = Object.entries(attributes).map(([name, text]) => html` ${trusted(name)}="${text}"`);
  const json = JSON.stringify(value).replace(/</g, "\\u003c");
  return html`<script type="application/json"${written}>${trusted(json)}</script>`;
}

function fill(hole: Hole): string {
  if (hole === null || hole === undefined || hole === false) return "";
  if (typeof hole === "string") return escapeHtml(hole);
  if (typeof hole === "number") return String(hole);
  if (isMarkup(hole)) return hole.markup;
  return hole.map(fill).join("");
}

function isMarkup(hole: Markup | readonly Hole[]): hole is Markup {
  return "markup" in hole;
}
