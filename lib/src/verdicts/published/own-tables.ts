import { basename, extname } from "node:path";
import { WirelabError } from "../../errors.js";
import { quoted } from "../../quoted.js";
import type { AuditInput } from "../audit/table.js";
import { claimColumns } from "./claims.js";
import { type NumberedRow, number, optional, readOwnTable, text } from "./csv-table.js";
import { metricUnits, numberColumns, type PublishedNumber } from "./published.js";
import { remarkColumns } from "./remarks.js";

/** Files of a reader's own, in the form of those in `data/published`. */
export interface OwnFiles {
  readonly table: string;
  readonly claims?: string | undefined;
  readonly remarks?: string | undefined;
}

/**
 * Reads a published table, with the claims and remarks about it, for an audit: an input for each post that they name. Of a
 * table only `arm`, `metric`, `unit` and `value` are needed; without the others all rows are of one post, one experiment and
 * one condition.
 *
 * @throws WirelabError `usage` with file, line and column where a file is not as it should be.
 * @example
 * auditTables(readOwnTables({ table: "numbers.csv" }));
 */
export function readOwnTables({ table, claims, remarks }: OwnFiles): readonly AuditInput[] {
  const post = basename(table, extname(table)) || table;
  const place = { post, experiment: "all" };
  const numbers = readNumbers(table, { ...place, condition: "all" });
  const ofClaims = { ...place, id: "own", work: "own", ratio: "", conditions: "all", also: "" };
  const said = claims === undefined ? [] : readOwnTable(claims, claimColumns, ofClaims).map(({ row }) => row);
  const noted =
    remarks === undefined ? [] : readOwnTable(remarks, remarkColumns, { post }).map(({ row }) => row);
  const posts = new Set([...numbers, ...said, ...noted].map((row) => row.post));
  return [...posts].map((name) => {
    const of = <R extends { readonly post: string }>(rows: readonly R[]) =>
      rows.filter((row) => row.post === name);
    return { post: name, numbers: of(numbers), claims: of(said), remarks: of(noted) };
  });
}

function readNumbers(
  path: string,
  defaults: { readonly post: string; readonly experiment: string; readonly condition: string },
): readonly PublishedNumber[] {
  const columns = { ...numberColumns, value: amount, digits: optional(text) };
  const rows = readOwnTable(path, columns, { ...defaults, digits: "" });
  if (rows.length === 0) throw new WirelabError("usage", `${path}, line 2: there is no row to check.`);
  const numbers = rows.map(({ line, row: { value, digits, ...row } }) => ({
    line,
    row: { ...row, value: value.value, digits: digits ?? value.printed },
  }));
  for (const each of numbers) checkRow(path, each);
  checkOnce(path, numbers);
  return numbers.map(({ row }) => row);
}

function amount(cell: string): { readonly value: number; readonly printed: string } {
  const value = number(cell);
  if (value < 0) throw new Error(`${quoted(cell)} is below zero, which nothing measured here can be`);
  return { value, printed: cell };
}

function checkRow(path: string, { line, row }: NumberedRow<PublishedNumber>): void {
  const { metric, unit, value, digits } = row;
  const able: readonly string[] = metricUnits[metric];
  const where = `${path}, line ${line}`;
  if (!able.includes(unit)) {
    throw new WirelabError(
      "usage",
      `${where}, column unit: ${metric} cannot be in ${unit}, only in ${able.join(", ")}.`,
    );
  }
  const printed = plainDigits(digits, unit);
  if (printed === null || Math.abs(printed - value) <= 1e-9 * Math.abs(value)) return;
  throw new WirelabError(
    "usage",
    `${where}, column digits: ${quoted(digits)} is not the value ${value} in ${unit}; one of the two has to be changed.`,
  );
}

/** The number that is printed, where it is one in the row's own unit; null for times like 1:30 and other units. */
function plainDigits(digits: string, unit: string): number | null {
  const suffix = unit.startsWith("1/") ? unit.slice(1) : unit;
  const bare = digits.endsWith(suffix) ? digits.slice(0, -suffix.length) : digits;
  const plain = bare.trim().replace(/,(?=\d{3})/g, "");
  return /^\d+(\.\d+)?$/.test(plain) && plain !== "" ? Number(plain) : null;
}

function checkOnce(path: string, rows: readonly NumberedRow<PublishedNumber>[]): void {
  const lines = new Map<string, number>();
  for (const { line, row } of rows) {
    const key = JSON.stringify([row.post, row.experiment, row.arm, row.condition, row.metric]);
    const before = lines.get(key);
    if (before !== undefined) {
      throw new WirelabError(
        "usage",
        `${path}, line ${line}, column value: line ${before} has the ${row.metric} of ${quoted(row.arm)} under the same condition already; leave one out, or name what tells them apart in the column condition.`,
      );
    }
    lines.set(key, line);
  }
}
