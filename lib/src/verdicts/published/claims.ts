import { quoted } from "../../quoted.js";
import { type Claim, claimMetrics } from "../types.js";
import { number, oneOf, optional, readCsvTable, text } from "./csv-table.js";
import { publishedFile } from "./published.js";

/** What a row of claims is read with. */
export const claimColumns = {
  id: text,
  post: text,
  experiment: text,
  work: text,
  statement: text,
  metric: oneOf(...claimMetrics),
  first: text,
  second: text,
  direction: oneOf("above one", "below one", "about one"),
  ratio: optional(positive),
  conditions: text,
  also: optional(replacement),
};

/**
 * The claims of the five posts (columns: `data/published/README.md`).
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 * @example
 * loadClaims().filter((claim) => claim.post === "003");
 */
export function loadClaims(path: string = publishedFile("claims.csv")): readonly Claim[] {
  return readCsvTable(path, claimColumns);
}

/** The work of an experiment, as the claims that rest on it say; its own name where none does. */
export function workOf(post: string, experiment: string): string {
  const claim = loadClaims().find((each) => each.post === post && each.experiment === experiment);
  return claim?.work ?? experiment;
}

/**
 * The claim as it stands and, where it is to be judged on another arm as well, the claim with that arm in its place:
 * same id, same direction, same published ratio.
 */
export function readings(claim: Claim): readonly Claim[] {
  if (claim.also === null) return [claim];
  const { arm, instead } = claim.also;
  const swap = (name: string) => (name === arm ? instead : name);
  return [claim, { ...claim, first: swap(claim.first), second: swap(claim.second) }];
}

/** True where the post's own number lies on the other side of one than its sentence says. */
export function contradictsItself(claim: { direction: Claim["direction"]; ratio: number | null }): boolean {
  if (claim.ratio === null) return false;
  return claim.direction === "above one"
    ? claim.ratio < 1
    : claim.direction === "below one" && claim.ratio > 1;
}

function positive(cell: string): number {
  const value = number(cell);
  if (value <= 0) throw new Error(`a ratio of ${cell} cannot be`);
  return value;
}

function replacement(cell: string): { arm: string; instead: string } {
  const [arm, instead, ...rest] = cell.split("=");
  if (!arm || !instead || rest.length > 0) throw new Error(`${quoted(cell)} is not like rest=other-arm`);
  return { arm, instead };
}
