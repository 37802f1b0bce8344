import { join } from "node:path";
import type { NotebookEntry } from "../notebook/index-page.js";
import type { Report } from "../notebook/report.js";
import { tableText } from "../show/table.js";
import { sayVerdict } from "../verdicts/prose.js";

/** What `wirelab run` prints in the end: the notebooks, why one stopped, the verdicts, where the report is. */
export function reportText({ notebooks, verdicts, indexFile }: Report, reportsFolder: string): string {
  const reasons = notebooks.flatMap((entry) => ("reason" in entry ? [`${entry.name}: ${entry.reason}`] : []));
  const paragraphs = [
    notebookTable(notebooks, reportsFolder),
    reasons.join("\n"),
    verdicts.map((verdict) => `${verdict.statement}\n  ${sayVerdict(verdict)}`).join("\n"),
    `Report: ${indexFile}`,
  ];
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
}

function notebookTable(notebooks: readonly NotebookEntry[], folder: string): string {
  return tableText({
    columns: [
      { name: "notebook", kind: "text" },
      { name: "status", kind: "text" },
      { name: "seconds", kind: "number" },
      { name: "page", kind: "text" },
    ],
    rows: notebooks.map((entry) => [
      entry.name,
      entry.status,
      "seconds" in entry ? entry.seconds : null,
      "page" in entry && entry.page !== null ? join(folder, entry.page) : "–",
    ]),
  });
}
