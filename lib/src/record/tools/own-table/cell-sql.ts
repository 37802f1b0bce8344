/** SQL of a cell's number and of how finely it is written; NULL where the cell is empty. What is no number ends the query. */
export interface CellSql {
  readonly value: string;
  /** Digits behind the point that say something, less the power of ten. */
  readonly digits: string;
}

/** What ends a query; who asked reads the file again, slowly, and says where the fault is. */
const fault = "error('a cell cannot be read')";

/** A number from 0 up as `numberIn` of `cells.ts` reads it, times `unitMs`; infinite where that refuses one as too large. */
export function numberSql(text: string, unitMs: number): CellSql {
  const isNumber = `regexp_full_match(${text}, '\\d+(\\.\\d+)?([eE][+-]?\\d+)?')`;
  // As text: a constant with a point would be a decimal to DuckDB, and what is computed with it no double.
  const scaled = `TRY_CAST(${text} AS DOUBLE) * CAST('${unitMs}' AS DOUBLE)`;
  const exponent = `CAST(regexp_replace(${text}, '^.*[eE]\\+?', '') AS INTEGER)`;
  return {
    value: `CASE WHEN ${isNumber} THEN ${scaled} WHEN ${text} = '' THEN NULL ELSE ${fault} END`,
    digits:
      `CASE WHEN contains(${text}, 'e') OR contains(${text}, 'E') ` +
      `THEN ${digitsSql(`regexp_extract(${text}, '\\.\\d+')`)} - ${exponent} ELSE ${digitsSql(text)} END`,
  };
}

/** Whether a time is a date and no number. */
export function isDateSql(text: string): string {
  return `strpos(${text}, '-') = 5`;
}

/** A date as `dateIn` of `cells.ts` reads it, in Unix ms; NULL where there is no such day. */
export function dateSql(text: string): CellSql {
  const zones = "(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)";
  const isDate = `regexp_full_match(${text}, '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,12})?${zones}')`;
  const fraction = `regexp_extract(${text}, '\\.\\d+')`;
  // Without its zone: DuckDB's own reading of one passes over it.
  const seconds = `(epoch_ms(TRY_CAST(${text}[1:19] AS TIMESTAMP)) - ${zoneMsSql(text)})`;
  return {
    value: `CASE WHEN ${isDate} THEN ${seconds} + CAST('0' || ${fraction} AS DOUBLE) * 1000 ELSE ${fault} END`,
    digits: digitsSql(fraction),
  };
}

function zoneMsSql(text: string): string {
  const minutes = `CAST(${text}[-5:-4] AS INTEGER) * 60 + CAST(${text}[-2:] AS INTEGER)`;
  return `CASE WHEN suffix(${text}, 'Z') THEN 0 WHEN ${text}[-6] = '-' THEN -60000 * (${minutes}) ELSE 60000 * (${minutes}) END`;
}

/** Of ASCII; to cut zeros off takes longer than all else, and few numbers end with one. */
function digitsSql(text: string): string {
  const point = `strpos(${text}, '.')`;
  return (
    `CASE WHEN ${point} = 0 THEN 0 WHEN suffix(${text}, '0') THEN strlen(rtrim(${text}, '0')) - ${point} ` +
    `ELSE strlen(${text}) - ${point} END`
  );
}
