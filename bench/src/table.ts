import type { RanRow } from "./run-rows.js";

/** The rows as a Markdown table, with what may have disturbed them below it. */
export function tableText(rows: readonly RanRow[]): string {
  const lines = rows.map(({ what, bound, said, holds }) => line([what, bound, said, held(holds)]));
  const table = [line(["what", "bound", "here", "holds"]), line(["---", "---", "---", "---"]), ...lines];
  const warnings = rows.flatMap((row) =>
    row.warnings.map(({ message, advice }) => `${row.name}: ${message} ${advice}`),
  );
  return [...table, ...(warnings.length === 0 ? [] : ["", ...warnings])].join("\n");
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function held(holds: boolean | null): string {
  if (holds === null) return "not measured";
  return holds ? "yes" : "**no**";
}
