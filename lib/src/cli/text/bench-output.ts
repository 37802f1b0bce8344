import { writeFileSync } from "node:fs";
import type { NamedResults } from "../../lab/bench/analysis.js";
import type { FiguresSection } from "../../notebook/page/figures-page.js";
import type { PlotOutput } from "../arguments/output-files.js";

/** Draws the figures of results into the file that was asked for; several results get a heading each. */
export async function writePlot(
  shown: readonly NamedResults[],
  { path, format, chromium }: PlotOutput,
): Promise<void> {
  const { renderFiguresPage } = await import("../../notebook/page/figures-page.js");
  const { scopeLines } = await import("../../notebook/report/index-page.js");
  const sections = await Promise.all(shown.map((one) => sectionOf(one, shown.length > 1)));
  const scope = shown.flatMap(({ results: { environment, measuredAt, arms } }) => [
    ...scopeLines(environment, new Date(measuredAt)),
    ...arms.map(({ arm, client }) => `${arm}: ${client}.`),
  ]);
  const page = renderFiguresPage({
    title: "REST and gRPC under the same load",
    sections,
    scope: [...new Set(scope)],
  });
  if (format === "html") return writeFileSync(path, page);
  const { drawPicture } = await import("../../notebook/page/picture.js");
  writeFileSync(path, await drawPicture(page, { format, chromium: chromium as string }));
}

async function sectionOf({ name, results, records }: NamedResults, titled: boolean): Promise<FiguresSection> {
  const { benchFigures } = await import("../../lab/bench/figures.js");
  const { benchTable, headline, notes, sentences } = await import("../../lab/bench/text.js");
  return {
    heading: titled ? name : null,
    sentences: [`${headline(results)}.`, ...sentences(results)],
    figures: benchFigures(results, records),
    tables: [{ caption: "All metrics; in brackets 99 % intervals", table: benchTable(results) }],
    notes: notes(results),
  };
}
