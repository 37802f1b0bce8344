import { oneOf, optional, readCsvTable, text } from "./published/csv-table.js";
import { publishedFile } from "./published/published.js";

/** What the record of a run can say of a protocol's feature. */
export const featureMeasures = [
  "bytes around bodies",
  "under way at once",
  "order",
  "connections",
  "median",
] as const;

export type FeatureMeasure = (typeof featureMeasures)[number];

/** A row of a post's table of HTTP/1.1 against HTTP/2. */
export interface Feature {
  readonly id: string;
  readonly post: string;
  readonly aspect: string;
  /** What the post says of each, in our words. */
  readonly http1: string;
  readonly http2: string;
  /** What can be measured of it; null where nothing can. */
  readonly measure: FeatureMeasure | null;
  /** A definition, or out of date, or what else there is to know; "" for nothing. */
  readonly remark: string;
}

/**
 * What the posts say of HTTP/1.1 and HTTP/2 (columns: `data/published/README.md`).
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 * @example
 * loadFeatures().filter((feature) => feature.post === "004");
 */
export function loadFeatures(path: string = publishedFile("features.csv")): readonly Feature[] {
  const rows = readCsvTable(path, {
    id: text,
    post: text,
    aspect: text,
    http1: text,
    http2: text,
    measure: optional(oneOf(...featureMeasures)),
    remark: optional(text),
  });
  return rows.map((row) => ({ ...row, remark: row.remark ?? "" }));
}
