import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { html, jsonScript, trusted } from "./html.js";
import { embeddedJson } from "./testing/page.js";
import { HOSTILE } from "./testing/samples.js";

describe("html", () => {
  it("escapes text, in text and in attributes", () => {
    const { markup } = html`<p title="${HOSTILE}">${HOSTILE}</p>`;
    expect(markup.replace(/^<p title="/, "").replace(/<\/p>$/, "")).not.toMatch(/<[a-z!/]/i);
    expect(markup.match(/"/g)).toHaveLength(2);
  });

  it("keeps markup, joins lists, leaves out what is missing", () => {
    const items = ["a", "<b>"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}${null}${undefined}${false}${trusted("<hr>")}${0}</ul>`.markup).toBe(
      "<ul><li>a</li><li>&lt;b&gt;</li><hr>0</ul>",
    );
  });

  it("writes JSON that no value can break out of, and that reads back the same", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.string(), (json, text) => {
        const value = [JSON.parse(json), text, HOSTILE];
        const { markup } = jsonScript(value, { "data-test": "x" });
        expect(markup.match(/<\/?script|<!--/g)).toEqual(["<script", "</script"]);
        expect(embeddedJson(markup, "data-test")).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
