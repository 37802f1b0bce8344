import { writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/cli.js";
import { findNotebooks } from "./find-notebooks.js";

async function folderWith(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) await writeFile(join(folder, name), "{}");
  return folder;
}

const some = ["01-calls.ipynb", "00-start.ipynb", "02-images.ipynb", "02-images-large.ipynb", "notes.txt"];

test("nothing asked for is all, by name", async () => {
  const folder = await folderWith(...some);
  const names = findNotebooks([], folder).map((path) => basename(path));
  expect(names).toEqual(["00-start.ipynb", "01-calls.ipynb", "02-images.ipynb", "02-images-large.ipynb"]);
});

test.each([
  ["01", "01-calls"],
  ["1", "01-calls"],
  ["0", "00-start"],
  ["01-c", "01-calls"],
  ["02-images", "02-images"],
  ["02-images.ipynb", "02-images"],
])("%s is %s", async (wanted, name) => {
  const folder = await folderWith(...some);
  expect(findNotebooks([wanted], folder)).toEqual([join(folder, `${name}.ipynb`)]);
});

test("a path is itself, the order is the one asked for, and each is run once", async () => {
  const folder = await folderWith(...some);
  const path = relative(process.cwd(), join(folder, "00-start.ipynb"));
  const found = findNotebooks(["01", path, "1"], folder);
  expect(found).toEqual([join(folder, "01-calls.ipynb"), join(folder, "00-start.ipynb")]);
});

test("what is not there, or could be several, is refused with the choice", async () => {
  const folder = await folderWith(...some);
  expect(() => findNotebooks(["07"], folder)).toThrow(/no notebook "07"; .* choose from 00-start, 01-calls/);
  expect(() => findNotebooks(["02"], folder)).toThrow(
    /"02" begins several names; .* 02-images, 02-images-large/,
  );
  expect(() => findNotebooks([], join(folder, "nowhere"))).toThrow(/There are no notebooks in/);
});
