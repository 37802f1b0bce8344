import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatNotebook } from "../../notebook/cells/ipynb.js";
import { code, notebookOf, prose, shows } from "../../notebook/testing/notebooks.js";
import { cli, temporaryFolder } from "../testing/cli.js";

async function notebookFile(...outputs: ReturnType<typeof shows>[]): Promise<string> {
  const file = join(await temporaryFolder(), "done.ipynb");
  const notebook = notebookOf(prose("# What came out"), code("throw new Error()", { outputs }));
  await writeFile(file, formatNotebook(notebook));
  return file;
}

test("writes the page beside the notebook, without running it", async () => {
  const file = await notebookFile(shows("<b>the answer</b>"));
  const { exitCode, stdout, stderr } = await cli(["export", file]);
  const page = file.replace(".ipynb", ".html");
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: `${page}\n`, stderr: "" });
  const markup = await readFile(page, "utf8");
  expect(markup).toContain("<b>the answer</b>");
  expect(markup).toContain("<title>What came out");
});

test("--out says where, and a notebook that was never run is said to be one", async () => {
  const file = await notebookFile();
  const out = join(await temporaryFolder(), "deep", "page.html");
  const { exitCode, stdout, stderr } = await cli(["export", file, "--out", out]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: `${out}\n` });
  expect(stderr).toMatch(/No cell of .*done\.ipynb has an output/);
  expect(await readFile(out, "utf8")).toContain("What came out");
});

test("what is no notebook is refused", async () => {
  const file = join(await temporaryFolder(), "no.ipynb");
  await writeFile(file, "plain text");
  const { exitCode, stderr } = await cli(["export", file]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("no.ipynb");
});
