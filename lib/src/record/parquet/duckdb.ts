import type { DuckDBConnection } from "@duckdb/node-api";
import { WirelabError } from "../../errors.js";

/** DuckDB's module, loaded when first asked for: client processes never ask. */
export async function loadDuckDb(): Promise<typeof import("@duckdb/node-api")> {
  try {
    return await import("@duckdb/node-api");
  } catch (cause) {
    throw new WirelabError(
      "missing-tool",
      "DuckDB, which reads and writes calls.parquet, could not be loaded: run npm ci again on this machine.",
      { cause },
    );
  }
}

/** How much of the machine a DuckDB may take; where it spills to what it cannot hold in `mostMb`. */
export interface DuckDbOptions {
  readonly threads: number;
  readonly spill: { readonly folder: string; readonly mostMb: number };
}

/**
 * Opens a DuckDB of its own in memory; `close` ends it.
 *
 * One thread unless told: it keeps rows in their order, and a second one would gain little on the columns of one run.
 */
export async function openDuckDb(
  options: DuckDbOptions | null = null,
): Promise<{ readonly connection: DuckDBConnection; close(): void }> {
  const { DuckDBInstance } = await loadDuckDb();
  const instance = await DuckDBInstance.create(":memory:", {
    threads: String(options?.threads ?? 1),
    ...(options === null
      ? {}
      : { memory_limit: `${options.spill.mostMb}MB`, temp_directory: options.spill.folder }),
  });
  try {
    const connection = await instance.connect();
    return {
      connection,
      close() {
        connection.closeSync();
        instance.closeSync();
      },
    };
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** Lends a connection to a DuckDB of its own in memory, and closes it afterwards. */
export async function withDuckDb<T>(use: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const { connection, close } = await openDuckDb();
  try {
    return await use(connection);
  } finally {
    close();
  }
}

/** A path as an SQL string that stands for that one file, whatever is in its name. */
export function sqlPath(path: string): string {
  return `'${path.replaceAll("'", "''")}'`;
}

/** As `sqlPath`, for `read_parquet`, which takes a pattern: characters of patterns stand for themselves. */
export function sqlReadPath(path: string): string {
  return sqlPath(path.replaceAll(/[[*?\]]/g, (character) => `[${character}]`));
}

/** Texts as an SQL list; as base64, because they come from servers and may hold anything, a zero byte included. */
export function sqlTexts(texts: readonly string[]): string {
  const decoded = texts.map(
    (text) => `decode(from_base64('${Buffer.from(text, "utf8").toString("base64")}'))`,
  );
  return `CAST([${decoded.join(", ")}] AS VARCHAR[])`;
}

/** Why DuckDB failed, without what it quotes of the query. */
export function duckDbReason(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split("\n")[0] ?? "";
}

/** A name as an SQL identifier, whatever is in it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
