import type { Calls } from "../calls.js";

/** One column of `calls.parquet`: its name, its type there, and what stands for NULL in memory. */
export interface ParquetColumn {
  readonly name: Exclude<keyof Calls, "length" | "armNames" | "errorCodes">;
  readonly sqlType: string;
  readonly missing: "never" | "NaN" | "-1";
  /** Files of earlier versions lack it; they are read as if it were NULL throughout. */
  readonly addedLater?: true;
}

const never = "never";

/** The columns of `calls.parquet` in their order; `arm` and `error` are texts there and indices in memory. */
export const parquetColumns: readonly ParquetColumn[] = [
  { name: "arm", sqlType: "VARCHAR", missing: never },
  { name: "pair", sqlType: "USMALLINT", missing: never },
  { name: "block", sqlType: "USMALLINT", missing: never },
  { name: "index", sqlType: "UINTEGER", missing: never },
  { name: "caller", sqlType: "USMALLINT", missing: never },
  { name: "intendedMs", sqlType: "DOUBLE", missing: "NaN" },
  { name: "startMs", sqlType: "DOUBLE", missing: "NaN" },
  { name: "durationMs", sqlType: "DOUBLE", missing: "NaN" },
  { name: "firstByteMs", sqlType: "DOUBLE", missing: "NaN" },
  { name: "serverMs", sqlType: "DOUBLE", missing: "NaN", addedLater: true },
  { name: "calls", sqlType: "UINTEGER", missing: never },
  { name: "ok", sqlType: "BOOLEAN", missing: never },
  { name: "status", sqlType: "INTEGER", missing: "-1" },
  { name: "error", sqlType: "VARCHAR", missing: never },
  { name: "bytesSent", sqlType: "DOUBLE", missing: "NaN" },
  { name: "bytesReceived", sqlType: "DOUBLE", missing: "NaN" },
  { name: "connectionId", sqlType: "INTEGER", missing: "-1" },
  { name: "warmup", sqlType: "BOOLEAN", missing: never },
];
