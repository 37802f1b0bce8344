import { optional, readCsvTable, text } from "./csv-table.js";
import { publishedFile } from "./published.js";

/** Something of the setting of claims, and the flip of `lab.conditions` that stands for it. */
export interface ClaimSetting {
  /** What the post had, a noun phrase that can follow "with". */
  readonly setting: string;
  /** Ids of the claims. */
  readonly claims: readonly string[];
  /** The words of the flip; null where none stands for it. */
  readonly flip: string | null;
}

/**
 * In what the settings of claims differ from the baseline of `lab.conditions` (columns: `data/published/README.md`).
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 * @example
 * loadSettings().filter(({ claims }) => claims.includes("000-add-zone"));
 */
export function loadSettings(path: string = publishedFile("settings.csv")): readonly ClaimSetting[] {
  return readCsvTable(path, {
    setting: text,
    claims: (cell) => text(cell).split(" "),
    flip: optional(text),
  });
}

/**
 * For which settings a flip stands that is not quite the same, as a sentence; "" where none does.
 *
 * @example
 * sayStandIns(loadSettings());
 */
export function sayStandIns(settings: readonly ClaimSetting[]): string {
  const others = settings.filter(({ setting, flip }) => flip !== null && flip !== setting);
  if (others.length === 0) return "";
  return `Stood for by what is near it: ${others.map(({ setting, flip }) => `${setting} by ${flip}`).join("; ")}.`;
}
