import { join } from "node:path";
import type { NotebookEntry } from "../../notebook/report/index-page.js";
import type { Report } from "../../notebook/report/report.js";
import { tableText } from "../../show/tables/table.js";
import type { Verdict } from "../../verdicts/types.js";
import { differences } from "../../verdicts/words/conditions.js";
import { sayVerdict } from "../../verdicts/words/prose.js";

/** What `wirelab run` prints in the end: the notebooks, why one stopped, the verdicts, where the report is. */
export function reportText({ notebooks, verdicts, indexFile }: Report, reportsFolder: string): string {
  const reasons = notebooks.flatMap((entry) => ("reason" in entry ? [`${entry.name}: ${entry.reason}`] : []));
  const paragraphs = [
    notebookTable(notebooks, reportsFolder),
    reasons.join("\n"),
    claims(verdicts),
    `Report: ${indexFile}`,
  ];
  return paragraphs.filter((paragraph) => paragraph !== "").join("\n\n");
}

/** Each claim once, and under it its verdicts, with what tells them apart where there are several. */
function claims(verdicts: readonly Verdict[]): string {
  const ids = [...new Set(verdicts.map(({ claim }) => claim))];
  return ids
    .map((id) => {
      const own = verdicts.filter(({ claim }) => claim === id);
      const when = differences(own);
      const sentences = own.map((verdict, i) =>
        own.length === 1 ? `  ${sayVerdict(verdict)}` : `  When ${when[i]}: ${sayVerdict(verdict)}`,
      );
      return [own[0]?.statement, ...sentences].join("\n");
    })
    .join("\n");
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
