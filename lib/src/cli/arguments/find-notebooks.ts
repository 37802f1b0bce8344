import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { WirelabError } from "../../errors.js";

/**
 * The notebooks that are meant, each once, in the order asked for; all of `folder` in the order of their names when
 * nothing is asked for. A notebook is meant by its path, its number (`1` or `01`), or the beginning of its name.
 *
 * @throws WirelabError `usage` when one is not there, or a name is the beginning of several
 */
export function findNotebooks(wanted: readonly string[], folder: string): string[] {
  const names = notebookNames(folder);
  if (wanted.length === 0) {
    if (names.length > 0) return names.map((name) => pathOf(folder, name));
    throw new WirelabError("usage", `There are no notebooks in ${folder}; give the path of one.`);
  }
  return [...new Set(wanted.map((one) => findNotebook(one, names, folder)))];
}

function findNotebook(wanted: string, names: readonly string[], folder: string): string {
  if (/\.ipynb$/i.test(wanted) && isFile(wanted)) return resolve(wanted);
  const start = /^\d+$/.test(wanted) ? wanted.padStart(2, "0") : wanted.replace(/\.ipynb$/i, "");
  const exact = names.filter((name) => name === start);
  const found = exact.length === 1 ? exact : names.filter((name) => name.startsWith(start));
  const [only] = found;
  if (only !== undefined && found.length === 1) return pathOf(folder, only);
  const [what, which] =
    only === undefined
      ? [`There is no notebook "${wanted}"`, names]
      : [`"${wanted}" begins several names`, found];
  const choice = which.length === 0 ? `there are none in ${folder}` : `choose from ${which.join(", ")}`;
  throw new WirelabError("usage", `${what}; give its path, or ${choice}.`);
}

function notebookNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".ipynb"))
      .map((name) => name.slice(0, -".ipynb".length))
      .sort();
  } catch {
    return [];
  }
}

function pathOf(folder: string, name: string): string {
  return join(folder, `${name}.ipynb`);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
