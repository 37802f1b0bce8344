import { readFileSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, extname, resolve } from "node:path";
import { type Notebook, readNotebook, writeWhole } from "../cells/ipynb.js";
import { notebookName } from "../run-notebook.js";
import type { EmbedImage } from "./markdown.js";
import { type PageOptions, renderPage } from "./page.js";

/** What an exported page says beside the notebook; the title is the notebook's own unless given. */
export type ExportOptions = Omit<PageOptions, "title" | "embedImage"> & { readonly title?: string };

/**
 * Writes an executed notebook as one self-contained HTML page; pictures of the prose are read from beside the notebook.
 *
 * @throws WirelabError `usage` when the file is no notebook, `disk` when the page cannot be written
 */
export async function exportPage(
  file: string,
  outputFile: string,
  options: ExportOptions = {},
): Promise<void> {
  await writePage(await readNotebook(file), file, outputFile, options);
}

/** As `exportPage`, for a notebook already in memory; `file` says where its prose finds its pictures. */
export async function writePage(
  notebook: Notebook,
  file: string,
  outputFile: string,
  options: ExportOptions,
): Promise<void> {
  const title = options.title ?? notebookTitle(notebook) ?? notebookName(file);
  const page = renderPage(notebook, { ...options, title, embedImage: imagesFrom(dirname(resolve(file))) });
  await mkdir(dirname(resolve(outputFile)), { recursive: true });
  await writeWhole(outputFile, page);
}

/** The first heading of the first rank in a notebook's prose, as plain text; null when it has none. */
export function notebookTitle(notebook: Notebook): string | null {
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "markdown") continue;
    const heading = /^#\s+(.+?)\s*#*$/m.exec(cell.source)?.[1];
    if (heading !== undefined) return heading.replace(/[*_`]/g, "");
  }
  return null;
}

const imageTypes: Readonly<Record<string, string>> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

function imagesFrom(folder: string): EmbedImage {
  return (source) => {
    const type = imageTypes[extname(source).toLowerCase()];
    if (type === undefined || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(source)) return null;
    try {
      return `data:${type};base64,${readFileSync(resolve(folder, decodeURIComponent(source))).toString("base64")}`;
    } catch {
      return null;
    }
  };
}
