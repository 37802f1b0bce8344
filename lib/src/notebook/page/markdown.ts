import hljs from "highlight.js/lib/core";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt from "markdown-it";
import { escapeHtml } from "../../show/html.js";

hljs.registerLanguage("typescript", typescript);

/** A heading of the page, for its table of contents. */
export interface Heading {
  readonly level: number;
  readonly text: string;
  /** Unique in the page. */
  readonly id: string;
}

/** How images of the prose get into the page: a data URI for a local file, null when it cannot be had. */
export type EmbedImage = (source: string) => string | null;

/** Renders the prose cells of one page, and collects its headings on the way. */
export interface Prose {
  render(markdown: string): string;
  readonly headings: readonly Heading[];
}

/** TypeScript as HTML with the classes of highlight.js. */
export function highlightTypeScript(code: string): string {
  return hljs.highlight(code, { language: "typescript" }).value;
}

/**
 * Starts the prose of one page. HTML in the prose is shown, not obeyed. An image is embedded or becomes a link, so
 * that the page requests nothing.
 */
export function createProse(embedImage: EmbedImage = () => null): Prose {
  const markdown = new MarkdownIt({ html: false, typographer: true, highlight: highlightFence });
  const headings: Heading[] = [];
  const taken = new Map<string, number>();
  markdown.core.ruler.push("heading-ids", (state) => {
    for (const [index, token] of state.tokens.entries()) {
      if (token.type !== "heading_open") continue;
      const inline = state.tokens[index + 1];
      const text = (inline?.children ?? []).map((child) => child.content).join("");
      const id = uniqueId(text, taken);
      token.attrSet("id", id);
      headings.push({ level: Number(token.tag.slice(1)), text, id });
    }
  });
  markdown.renderer.rules.image = (tokens, index) => {
    const token = tokens[index];
    const source = token?.attrGet("src") ?? "";
    const alt = escapeHtml(token?.content ?? "");
    const data = source.startsWith("data:image/") ? source : embedImage(source);
    if (data === null) return `<a href="${escapeHtml(source)}">${alt === "" ? escapeHtml(source) : alt}</a>`;
    return `<img src="${escapeHtml(data)}" alt="${alt}">`;
  };
  markdown.renderer.rules.table_open = () => '<div class="wide"><table>';
  markdown.renderer.rules.table_close = () => "</table></div>";
  return { headings, render: (source) => markdown.render(source) };
}

function highlightFence(code: string, language: string): string {
  return ["ts", "typescript"].includes(language) ? highlightTypeScript(code) : escapeHtml(code);
}

function uniqueId(text: string, taken: Map<string, number>): string {
  const plain = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .replace(/^-|-$/g, "");
  const id = plain === "" ? "section" : plain;
  const count = (taken.get(id) ?? 0) + 1;
  taken.set(id, count);
  return count === 1 ? id : `${id}-${count}`;
}
