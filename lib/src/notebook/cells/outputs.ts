import { type Hole, html, type Markup, trusted } from "../../show/html.js";
import type { Prose } from "../page/markdown.js";
import { withoutColours } from "./cell-error.js";
import type { Output } from "./ipynb.js";

/** A MIME type's content as text: Jupyter saves long text as a list of lines. Null when there is none. */
export function mimeText(data: Readonly<Record<string, unknown>>, type: string): string | null {
  const value = data[type];
  if (typeof value === "string") return value;
  return Array.isArray(value) ? value.map(String).join("") : null;
}

/** The HTML that an output shows; null for any other kind of output. */
export function outputHtml(output: Output): string | null {
  return output.output_type === "display_data" || output.output_type === "execute_result"
    ? mimeText(output.data, "text/html")
    : null;
}

/**
 * One output as HTML. `text/html` is what the notebook's library made and stays as it is, scripts included; all other
 * text is escaped.
 */
export function renderOutput(output: Output, prose: Prose): Markup {
  if (output.output_type === "stream") return renderStream(output.name, output.text);
  if (output.output_type === "error") return renderError(output);
  return html`<div class="output">${renderData(output.data, prose)}</div>`;
}

function renderStream(name: "stdout" | "stderr", text: string): Markup {
  const plain = withoutColours(text);
  if (name === "stdout") return html`<pre class="output console">${plain}</pre>`;
  return html`<div class="output stderr" role="note" aria-label="Standard error"><p class="label">Written to standard error</p><pre class="console">${plain}</pre></div>`;
}

function renderError(error: Extract<Output, { output_type: "error" }>): Markup {
  const trace = withoutColours(error.traceback.join("\n"));
  const name = ["Error", "WirelabError", "TimeLimit", "Interrupted", "KernelDied"].includes(error.ename)
    ? ""
    : `${error.ename}: `;
  const details =
    trace === ""
      ? null
      : html`<details><summary>What the kernel printed</summary><pre>${trace}</pre></details>`;
  return html`<div class="output failure" role="note" aria-label="Failure"><p><strong>This cell failed.</strong> ${name}${error.evalue}</p>${details}</div>`;
}

function renderData(data: Readonly<Record<string, unknown>>, prose: Prose): Hole {
  const markup = mimeText(data, "text/html");
  if (markup !== null) return trusted(markup);
  for (const type of ["image/svg+xml", "image/png", "image/jpeg", "image/gif"]) {
    const image = mimeText(data, type);
    if (image !== null) return renderImage(type, image, mimeText(data, "text/plain"));
  }
  const markdown = mimeText(data, "text/markdown");
  if (markdown !== null) return trusted(prose.render(markdown));
  const plain = mimeText(data, "text/plain");
  if (plain !== null) return html`<pre class="console">${withoutColours(plain)}</pre>`;
  const [type, value] = Object.entries(data)[0] ?? ["nothing", ""];
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return html`<details><summary>Output of type ${type}</summary><pre>${text}</pre></details>`;
}

/** As an image, an SVG from data can run no script. */
function renderImage(type: string, content: string, description: string | null): Markup {
  const base64 =
    type === "image/svg+xml" ? Buffer.from(content).toString("base64") : content.replace(/\s/g, "");
  return html`<img src="data:${type};base64,${base64}" alt="${description ?? "Picture made by the cell above"}">`;
}
