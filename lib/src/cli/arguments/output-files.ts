import { accessSync, closeSync, constants, existsSync, openSync, rmSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";
import { WirelabError } from "../../errors.js";

/** The form of a figures file, by its ending. */
export type PlotFormat = "html" | "png" | "svg";

/** Where figures go, and what draws them. */
export interface PlotOutput {
  readonly path: string;
  readonly format: PlotFormat;
  /** Null for a page, which needs none. */
  readonly chromium: string | null;
}

/**
 * Looks whether a file can be written, before anything is measured that would then be lost. Throws a `disk` error that says
 * why not; leaves what is there as it is.
 */
export function checkWritable(path: string): void {
  const isNew = !existsSync(path);
  try {
    closeSync(openSync(path, "a"));
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const reason =
      { ENOENT: "there is no such folder", EISDIR: "it is a folder", EACCES: "it may not be written" }[
        code ?? ""
      ] ?? code;
    throw new WirelabError("disk", `${path} cannot be written (${reason}): name another file.`, { cause });
  }
  if (isNew) rmSync(path);
}

/** Looks whether a folder can be made or written into, before anything is measured. Throws a `disk` error that says why not. */
export function checkFolder(path: string): void {
  let nearest = resolve(path);
  while (!existsSync(nearest)) nearest = dirname(nearest);
  const isFolder = statSync(nearest).isDirectory();
  try {
    accessSync(nearest, constants.W_OK);
    if (isFolder) return;
  } catch (cause) {
    throw new WirelabError("disk", `${nearest} may not be written: name another folder.`, { cause });
  }
  throw new WirelabError("disk", `${nearest} is no folder: name another one.`);
}

/**
 * Where and how figures are to be drawn. Throws `usage` for an ending that is no form of figures, `missing-tool` for a
 * picture where there is no Chromium to draw it, `disk` where it cannot be written.
 */
export async function checkPlot(path: string, findChromium?: () => string | null): Promise<PlotOutput> {
  const format = extname(path).slice(1).toLowerCase();
  if (format !== "html" && format !== "png" && format !== "svg") {
    throw new WirelabError(
      "usage",
      `${path} does not say what figures to make: end it with .html, .png or .svg.`,
    );
  }
  checkWritable(path);
  if (format === "html") return { path, format, chromium: null };
  const chromium = (findChromium ?? (await import("../../notebook/page/browser.js")).findChromium)();
  if (chromium !== null) return { path, format, chromium };
  throw new WirelabError(
    "missing-tool",
    `${path} takes Chromium to draw and there is none on the PATH: install it (Debian: apt install chromium), or name an .html file.`,
  );
}
