import { oneOf, readCsvTable, text } from "./csv-table.js";
import { publishedFile } from "./published.js";

/** A fault of a post's text that its numbers alone do not show, found by reading it. */
export interface Remark {
  readonly post: string;
  readonly strength: "contradiction" | "suggestive";
  /** What the post prints, in our words. */
  readonly printed: string;
  readonly found: string;
  /** What was read beside what to find it. */
  readonly checked: string;
}

/** What a row of remarks is read with. */
export const remarkColumns = {
  post: text,
  strength: oneOf("contradiction", "suggestive"),
  printed: text,
  found: text,
  checked: text,
};

/**
 * What is wrong with the texts of the five posts (columns: `data/published/README.md`).
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 * @example
 * loadRemarks().filter((remark) => remark.post === "004");
 */
export function loadRemarks(path: string = publishedFile("remarks.csv")): readonly Remark[] {
  return readCsvTable(path, remarkColumns);
}
