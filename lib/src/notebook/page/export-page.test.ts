import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { code, notebookOf, prose, writeNotebooks } from "../testing/notebooks.js";
import { exportPage, notebookTitle } from "./export-page.js";

it("writes a page titled by the notebook, with the pictures that lie beside it and no others", async () => {
  const pictures =
    "![Ours](our%20own.png) ![Theirs](//example.org/b.png) ![Gone](none.png) ![Not a picture](/etc/passwd)";
  const folder = await writeNotebooks({ a: notebookOf(prose(`# The *best* \`title\`\n\n${pictures}`)) });
  await writeFile(join(folder, "notebooks", "our own.png"), "abc");
  const outputFile = join(folder, "new", "folder", "a.html");
  await exportPage(join(folder, "notebooks", "a.ipynb"), outputFile);
  const page = await readFile(outputFile, "utf8");
  expect(page).toContain("<title>The best title</title>");
  expect(page).toContain(
    `<img src="data:image/png;base64,${Buffer.from("abc").toString("base64")}" alt="Ours">`,
  );
  expect(page.match(/<img /g)).toHaveLength(1);
});

it("has no title where no prose has one", () => {
  expect(notebookTitle(notebookOf(prose("## Second rank"), code("# not prose")))).toBeNull();
});
