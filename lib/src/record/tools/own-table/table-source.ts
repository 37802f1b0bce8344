import type { DuckDBConnection } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { sqlName, sqlReadPath } from "../../parquet/duckdb.js";
import { parquetMagic, type ToolFile } from "../reading/tool-file.js";
import { CsvShape } from "./csv-shape.js";
import { parquetTexts } from "./parquet-rows.js";

/** A table that DuckDB reads, every needed column as text, "" for what is not there. */
export interface TableSource {
  readonly from: string;
  /** SQL of each needed column. */
  readonly texts: ReadonlyMap<string, string>;
  /** Reads the whole file too, and says whether so many rows are what the slow reader finds in it. */
  readonly confirm: (onRead: () => void) => Promise<(rows: number) => boolean>;
}

/** How DuckDB reads the file; null where it would not read it as the slow reader does. */
export async function tableSource(
  connection: DuckDBConnection,
  file: ToolFile,
  needed: readonly string[],
): Promise<TableSource | null> {
  if (file.head !== parquetMagic) return csvSource(file, needed);
  const { from, columns } = await parquetTexts(connection, file, needed);
  const texts = new Map(needed.map((name, i) => [name, `coalesce(${columns[i]}, '')`]));
  const confirm = async () => {
    await file.hash();
    return () => true;
  };
  return { from, texts, confirm };
}

function csvSource(file: ToolFile, needed: readonly string[]): TableSource | null {
  const header = headerOf(file.head);
  if (header === null || file.encoding !== "utf-8") return null;
  if (new Set(header).size < header.length || needed.some((name) => !header.includes(name))) return null;
  const columns = header.map((_, i) => `'c${i}': 'VARCHAR'`).join(", ");
  const options = [
    "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', comment = '', strict_mode = true",
    `max_line_size = 1000000, compression = '${file.packing === "" ? "none" : file.packing}', columns = {${columns}}`,
  ];
  const confirm = async (onRead: () => void) => {
    const shape = new CsvShape();
    for await (const text of file.texts()) {
      shape.read(text);
      onRead();
    }
    const isWhole = !shape.isStrange && file.cutOff === null;
    return (rows: number) => isWhole && shape.rows === rows + 1 && shape.cells === shape.rows * header.length;
  };
  return {
    from: `read_csv(${sqlReadPath(file.path)}, ${options.join(", ")})`,
    texts: new Map(needed.map((name) => [name, `coalesce(${sqlName(`c${header.indexOf(name)}`)}, '')`])),
    confirm,
  };
}

/** The names in the first line; null where that is empty, or has no end. */
function headerOf(head: string): readonly string[] | null {
  const line = /^[^\r\n]+(?=\r?\n)/.exec(head)?.[0];
  if (line === undefined) return null;
  try {
    const [names = []] = parse(line, { relax_column_count: true }) as readonly (readonly string[])[];
    return names.map((name) => name.trim());
  } catch {
    return null;
  }
}
