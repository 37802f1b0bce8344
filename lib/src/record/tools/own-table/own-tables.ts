import { availableParallelism } from "node:os";
import { join } from "node:path";
import { openDuckDb, withDuckDb } from "../../parquet/duckdb.js";
import type { ArmNames, Collected } from "../collect.js";
import { ToolFile } from "../reading/tool-file.js";
import type { ColumnMap } from "./column-map.js";
import { type OwnTable, readOwnTable } from "./read-own-table.js";
import { writeOwnTables } from "./write-own-tables.js";

/** Tables of the user's own whose numbers have been read, and lie in a folder until they are written as calls. */
export interface OwnTables {
  readonly files: readonly Collected[];
  /** Writes them as `calls.parquet`, and gives the number of rows. */
  readonly write: (path: string) => Promise<number>;
}

/** Which tables are read, and the folder that their numbers go to meanwhile. */
export interface OwnTablesOptions {
  readonly map: ColumnMap;
  readonly names: ArmNames;
  readonly folder: string;
  readonly onRead: (file: ToolFile) => void;
}

/** Reads tables with DuckDB; null where the slow reader has to, because of one of them. */
export async function readOwnTables(
  paths: readonly string[],
  { map, names, folder, onRead }: OwnTablesOptions,
): Promise<OwnTables | null> {
  const tables: OwnTable[] = [];
  const threads = Math.min(4, availableParallelism());
  const { connection, close } = await openDuckDb({ threads, spill: { folder, mostMb: 400 } });
  try {
    for (const [pair, path] of paths.entries()) {
      const file = await ToolFile.open(path);
      const numbersPath = join(folder, `numbers-${pair}.parquet`);
      const table = await readOwnTable(connection, file, {
        map,
        names,
        numbersPath,
        onRead: () => onRead(file),
      });
      if (table === null) return null;
      tables.push(table);
    }
  } finally {
    close();
  }
  return {
    files: tables.map(({ collected }) => collected),
    async write(path) {
      await withDuckDb((one) => writeOwnTables(one, tables, { map, path }));
      return tables.reduce((sum, { collected }) => sum + collected.calls, 0);
    },
  };
}
