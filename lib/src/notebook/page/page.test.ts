import { expect, it } from "vitest";
import { everything, hostile } from "../testing/fixed.js";
import { code, notebookOf, prose, shows } from "../testing/notebooks.js";
import { renderPage } from "./page.js";

const scope = ["Made 2026-01-01 00:00 UTC.", "Machine: Example CPU, 2 cores."];

it("renders a notebook as it did before", async () => {
  const stop = { cell: 9, cellId: "failed", reason: "TypeError: no such arm" };
  const page = renderPage(everything(), { title: "What a call costs", scope, stop, indexHref: "index.html" });
  await expect(page).toMatchFileSnapshot("__snapshots__/page.html");
});

it("moves Plotly's bundle to the head, once", () => {
  const page = renderPage(everything(), { title: "t" });
  expect(page.match(/<script data-wirelab-plotly>/g)).toHaveLength(1);
  expect(page.indexOf("data-wirelab-plotly")).toBeLessThan(page.indexOf("</head>"));
  expect(renderPage(notebookOf(prose("# None")), { title: "t" })).not.toContain("data-wirelab-plotly");
});

it("escapes titles, scope, reasons, sources and headings", () => {
  const notebook = notebookOf(prose(`# ${hostile}\n\n## ${hostile}\n\n## Two`), code(hostile));
  const stop = { cell: 2, cellId: "x", reason: hostile };
  const page = renderPage(notebook, { title: hostile, scope: [hostile], stop, indexHref: hostile });
  expect(page).not.toContain("<img");
  expect(page).not.toContain("<script>window.pwned");
});

it("gives headings of the same words different ids, and its own title where there is none", () => {
  const page = renderPage(notebookOf(prose("## Same\n\n## Same")), { title: "From outside" });
  expect(page).toContain('<h2 id="same">');
  expect(page).toContain('<h2 id="same-2">');
  expect(page).toContain('href="#same-2"');
  expect(page).toContain("<h1>From outside</h1>");
});

it("shows HTML that Jupyter saved as a list of lines, and names a type it cannot show", () => {
  const lines = shows("");
  if ("data" in lines) lines.data["text/html"] = ["<b>", "bold</b>"];
  const strange = {
    output_type: "display_data",
    data: { "application/pdf": "JVBERi0" },
    metadata: {},
  } as const;
  const page = renderPage(notebookOf(code("x", { outputs: [lines, strange] })), { title: "t" });
  expect(page).toContain("<b>bold</b>");
  expect(page).toContain("Output of type application/pdf");
});

it("embeds pictures that it is given and links those that it is not", () => {
  const notebook = notebookOf(prose("![Ours](a.png) ![Theirs](https://example.org/b.png)"));
  const embedImage = (source: string) => (source === "a.png" ? "data:image/png;base64,AAAA" : null);
  const page = renderPage(notebook, { title: "t", embedImage });
  expect(page).toContain('<img src="data:image/png;base64,AAAA" alt="Ours">');
  expect(page).toContain('<a href="https://example.org/b.png">Theirs</a>');
});
