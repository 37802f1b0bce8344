import { harmless } from "../../show/harmless.js";
import { tableText } from "../../show/tables/table.js";
import type { Audit, LawApplied } from "../../verdicts/audit/audit.js";
import type { Finding } from "../../verdicts/types.js";

/** What `wirelab refute` prints: the findings, then what was checked, then what could not be. */
export function auditText({ findings, laws }: Audit): string {
  const [able, unable] = [
    laws.filter(({ checked }) => checked > 0),
    laws.filter(({ checked }) => checked === 0),
  ];
  return [
    able.length === 0 ? "Nothing could be checked." : sayFound(findings),
    ...findings.map(findingText),
    ...(able.length === 0 ? [] : [lawTable(able)]),
    ...(unable.length === 0
      ? []
      : [["Not checked, because the table has not what it takes:", ...unable.map(lackText)].join("\n")]),
  ].join("\n\n");
}

function sayFound(findings: readonly Finding[]): string {
  const count = (of: Finding["strength"]) => findings.filter(({ strength }) => strength === of).length;
  const [certain, hinted] = [count("contradiction"), count("suggestive")];
  if (certain + hinted === 0) return "Nothing found.";
  const contradictions = certain === 1 ? "1 contradiction" : `${certain} contradictions`;
  return `${contradictions}, and ${hinted} ${hinted === 1 ? "finding that is" : "findings that are"} suggestive.`;
}

function findingText({ post, strength, printed, found }: Finding): string {
  return [`${harmless(post)}, ${strength}: ${harmless(printed)}`, `  but ${harmless(found)}`].join("\n");
}

function lawTable(laws: readonly LawApplied[]): string {
  return tableText({
    columns: [
      { name: "checked", kind: "text" },
      { name: "times", kind: "count" },
      { name: "broken", kind: "count" },
    ],
    rows: laws.map(({ law, checked, found }) => [law, checked, found]),
  });
}

function lackText({ law, needs }: LawApplied): string {
  return `  ${law}: it takes ${needs}`;
}
