import type { Finding } from "../../verdicts/types.js";
import { showable } from "../display.js";
import { html, jsonScript } from "../html.js";
import { styleTag } from "../style.js";
import { tableMarkup } from "./table.js";

/** Findings of an audit that show themselves as a table. */
export interface FindingTable {
  readonly kind: "findings";
  readonly findings: readonly Finding[];
}

/** Findings of an audit as a table that shows itself; also as JSON in `script[data-wirelab=findings]`. */
export function findingTable(findings: readonly Finding[]): FindingTable {
  return showable(
    { kind: "findings", findings },
    { html: () => findingTableHtml(findings), text: () => findingTableText(findings) },
  );
}

/** Findings as HTML: what is printed, what was found, and how strong that is. */
export function findingTableHtml(findings: readonly Finding[]): string {
  const columns = ["printed in the post", "found", "strength", "post"].map((heading) => ({
    heading,
    numeric: false,
  }));
  const rows = findings.map(({ printed, found, strength, post }) => [
    html`<div class="sentence">${printed}</div>`,
    html`<div class="sentence">${found}</div>`,
    strength,
    post,
  ]);
  const caption = "Published numbers held against their own text and against arithmetic";
  return html`<div class="wirelab">${styleTag()}${tableMarkup(caption, columns, rows)}
${jsonScript(findings, { "data-wirelab": "findings" })}</div>`.markup;
}

function findingTableText(findings: readonly Finding[]): string {
  return findings
    .map(({ post, strength, printed, found }) => `${post}, ${strength}: ${printed} — ${found}`)
    .join("\n");
}
