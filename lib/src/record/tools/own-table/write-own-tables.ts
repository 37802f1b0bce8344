import type { DuckDBConnection, DuckDBDoubleVector } from "@duckdb/node-api";
import { loadDuckDb, sqlPath, sqlReadPath, sqlTexts } from "../../parquet/duckdb.js";
import { parquetColumns } from "../../parquet/parquet-columns.js";
import { rowGroupRows } from "../../parquet/parquet-write.js";
import { ArmSlicer, beginsMs, sliceMsOf } from "../slices.js";
import type { ColumnMap } from "./column-map.js";
import type { OwnTable } from "./read-own-table.js";
import { startSql } from "./table-facts.js";

/** Block and index of a call in one number: more indexes than a block can have. */
const indexes = 2 ** 32;

/**
 * Writes the calls of tables as one `calls.parquet`, every file a pair, in the order of the files. Rows are sliced one after
 * another, so this takes a connection of one thread.
 */
export async function writeOwnTables(
  connection: DuckDBConnection,
  tables: readonly OwnTable[],
  { map, path }: { readonly map: ColumnMap; readonly path: string },
): Promise<void> {
  await offerPlaces(connection, tables);
  const selects: string[] = [];
  for (const [pair, table] of tables.entries()) {
    await nameWords(connection, table, pair);
    selects.push(callsSql(tables, pair, map));
  }
  await connection.run(
    `COPY (${selects.join(" UNION ALL ")}) TO ${sqlPath(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroupRows})`,
  );
}

/** Makes the words of a table's outcomes a type, so that each row's are a number. */
async function nameWords(connection: DuckDBConnection, { outcomes }: OwnTable, pair: number): Promise<void> {
  const words = `unnest(${sqlTexts(outcomes.map((outcome) => outcome.words))}) AS words`;
  await connection.run(`CREATE TYPE outcome${pair} AS ENUM (SELECT ${words})`);
}

/** Offers `place(pair, outcome, startMs, durationMs)`, which has to be asked for each call of a file in its order. */
async function offerPlaces(connection: DuckDBConnection, tables: readonly OwnTable[]): Promise<void> {
  const { DOUBLE, DuckDBScalarFunction } = await loadDuckDb();
  const sliceMs = sliceMsOf(tables.map(({ collected }) => collected));
  const slicers = tables.map(({ collected, outcomes }) => {
    const ofArms = new Map(collected.arms.map(({ name }) => [name, new ArmSlicer(collected, name, sliceMs)]));
    return outcomes.map(({ arm }) => ofArms.get(arm));
  });
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: "place",
      parameterTypes: [DOUBLE, DOUBLE, DOUBLE, DOUBLE],
      returnType: DOUBLE,
      volatile: true,
      mainFunction: (_info, chunk, places) => {
        const [pair, outcome, startMs, durationMs] = [0, 1, 2, 3].map((column) =>
          chunk.getColumnVector(column),
        ) as [DuckDBDoubleVector, DuckDBDoubleVector, DuckDBDoubleVector, DuckDBDoubleVector];
        for (let row = 0; row < chunk.rowCount; row++) {
          const slicer = slicers[pair.getItem(row) ?? -1]?.[outcome.getItem(row) ?? -1];
          const place = slicer?.next(startMs.getItem(row) as number, durationMs.getItem(row) as number);
          (places as DuckDBDoubleVector).setItem(
            row,
            place === undefined ? null : place.block * indexes + place.index,
          );
        }
        places.flush();
      },
    }),
  );
}

/** A row a call, as the record has it. */
function callsSql(tables: readonly OwnTable[], pair: number, map: ColumnMap): string {
  const files = tables.map(({ collected }) => collected);
  const { collected, outcomes, numbersPath } = tables[pair] as OwnTable;
  const shiftMs = (beginsMs(files).ofFiles[pair] ?? 0) - (collected.span?.fromMs ?? 0);
  const of = (list: string) => `list_extract(${list}, outcome + 1)`;
  const values: Readonly<Record<string, string>> = {
    arm: of(sqlTexts(outcomes.map(({ arm }) => arm))),
    pair: String(pair),
    block: `floor(place / ${indexes})`,
    index: `place % ${indexes}`,
    caller: "0",
    startMs: `"startMs" + CAST('${shiftMs}' AS DOUBLE)`,
    durationMs: `"durationMs"`,
    calls: "1",
    ok: of(`[${outcomes.map(({ ok }) => ok).join(", ")}]`),
    status: `nullif(${of(`[${outcomes.map(({ status }) => status).join(", ")}]`)}, -1)`,
    error: `nullif(${of(sqlTexts(outcomes.map(({ error }) => error)))}, '')`,
    bytesReceived: "bytes",
    warmup: "false",
  };
  const columns = parquetColumns.map(
    ({ name, sqlType }) => `CAST(${values[name] ?? "NULL"} AS ${sqlType}) AS "${name}"`,
  );
  const placed = `place(${pair}, outcome, coalesce("startMs", CAST('nan' AS DOUBLE)), coalesce("durationMs", 0))`;
  const rows =
    `SELECT enum_code(CAST(words AS outcome${pair})) AS outcome, ${startSql(map, collected.zeroMs)} AS "startMs", ` +
    `"durationMs", bytes FROM read_parquet(${sqlReadPath(numbersPath)})`;
  return `SELECT ${columns.join(", ")} FROM (SELECT *, ${placed} AS place FROM (${rows}))`;
}
