import { Command } from "commander";
import { harmlessLines } from "../../show/harmless.js";
import type { OwnFiles } from "../../verdicts/published/own-tables.js";

type RefuteOptions = Omit<OwnFiles, "table"> & { readonly json?: boolean };

/** `wirelab refute`: what in a published table breaks arithmetic, physics or its own text; nothing is measured. */
export function refuteCommand(): Command {
  return new Command("refute")
    .description("Check a published table without measuring: arithmetic, round trips, users, its own words.")
    .argument("<table>", "a CSV file with the columns arm, metric, unit, value; see data/published/README.md")
    .option("--claims <file>", "what its text says of it, in the form of data/published/claims.csv")
    .option("--remarks <file>", "faults found by reading, in the form of data/published/remarks.csv")
    .option("--json", "print the findings as JSON")
    .addHelpText(
      "after",
      `
The columns post, experiment, condition and digits (as printed) may be left out. The arm ping holds round trips,
the condition chain says that each call used the previous answer, and a setting of all arms has the arm all.

Exit status: 0 nothing that contradicts was found, 1 a contradiction, 2 a file is not as it should be.

Example:
  $ cat table.csv
  arm,metric,unit,value
  rest,count,calls,10000
  rest,total,s,79.8
  rest,rate,1/s,12.5
  $ wirelab refute table.csv`,
    )
    .action(refute);
}

async function refute(table: string, { json = false, ...beside }: RefuteOptions): Promise<void> {
  const { readOwnTables } = await import("../../verdicts/published/own-tables.js");
  const { auditTables } = await import("../../verdicts/audit/audit.js");
  const audit = auditTables(readOwnTables({ table, ...beside }));
  const { auditText } = await import("../text/refute-text.js");
  console.log(json ? harmlessLines(JSON.stringify({ table, ...audit }, null, 2)) : auditText(audit));
  if (audit.findings.some(({ strength }) => strength === "contradiction")) process.exitCode = 1;
}
