import { readdir } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything } from "../testing/fixed.js";
import { code, notebookOf, temporaryFolder } from "../testing/notebooks.js";
import { formatNotebook, parseNotebook, readNotebook, withoutOutputs, writeNotebook } from "./ipynb.js";

it("reads back what it writes, whatever the source", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (source) => {
      const notebook = notebookOf(
        code(source, { outputs: [{ output_type: "stream", name: "stdout", text: source }] }),
      );
      expect(parseNotebook(formatNotebook(notebook), "x")).toEqual(notebook);
    }),
  );
  expect(parseNotebook(formatNotebook(everything()), "x").cells).toHaveLength(10);
});

it("writes as Jupyter does: one space, lines as a list, a newline at the end", () => {
  const text = formatNotebook(notebookOf(code("a\nb", { id: "a" })));
  expect(text).toContain('   "source": [\n    "a\\n",\n    "b"\n   ]');
  expect(text.endsWith("}\n")).toBe(true);
});

it("drops outputs and counts and nothing else", () => {
  const cell = {
    ...code("1", { id: "a", outputs: [{ output_type: "stream", name: "stdout", text: "1" }] }),
    execution_count: 2,
  };
  expect(withoutOutputs(notebookOf(cell))).toEqual(notebookOf(code("1", { id: "a" })));
});

describe("a file that is no notebook", () => {
  const cell = { cell_type: "code", id: "a", metadata: {}, execution_count: null, outputs: [], source: "" };
  const whole = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
  it.each([
    ["no JSON", "{", /JSON cannot be read/],
    ["an array", "[]", /not a notebook/],
    ["an old format", JSON.stringify({ ...whole, nbformat_minor: 4 }), /nbformat_minor: cells need ids/],
    ["a cell without id", JSON.stringify({ ...whole, cells: [{ ...cell, id: undefined }] }), /cells\.0\.id/],
    ["an id with markup", JSON.stringify({ ...whole, cells: [{ ...cell, id: '"><b>' }] }), /cells\.0\.id/],
  ])("is refused in a sentence: %s", (_, json, sentence) => {
    expect(() => parseNotebook(json, "some/file.ipynb")).toThrow(sentence);
    expect(() => parseNotebook(json, "some/file.ipynb")).toThrow(/some\/file\.ipynb/);
  });

  it("is refused when it is missing", async () => {
    await expect(readNotebook("/no/such.ipynb")).rejects.toMatchObject({ code: "usage" });
  });
});

it("leaves no half-written file when writing fails", async () => {
  const folder = await temporaryFolder();
  await expect(writeNotebook(join(folder, "none", "x.ipynb"), notebookOf())).rejects.toMatchObject({
    code: "disk",
  });
  await writeNotebook(join(folder, "x.ipynb"), notebookOf());
  expect((await readdir(folder)).sort()).toEqual(["node_modules", "x.ipynb"]);
});
