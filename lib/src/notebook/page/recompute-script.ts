import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../../root.js";
import { type Markup, trusted } from "../../show/html.js";
import type { Cell } from "../cells/ipynb.js";
import { outputHtml } from "../cells/outputs.js";

let program: string | undefined;

/** What computes comparisons anew in a page (`recompute/program`, bundled by the build), where a cell shows one; else null. */
export function recomputeScript(cells: readonly Cell[]): Markup | null {
  const shown = cells.flatMap((cell) => (cell.cell_type === "code" ? cell.outputs : [])).map(outputHtml);
  if (!shown.some((markup) => markup?.includes("data-wirelab-comparison"))) return null;
  program ??= readFileSync(join(projectRoot, "lib", "dist", "recompute", "page.js"), "utf8");
  return trusted(
    `<script>${program.replace(/<\/script|<!--/gi, (found) => found.replace("<", "\\x3c"))}</script>`,
  );
}
