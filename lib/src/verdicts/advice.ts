import { WirelabError } from "../errors.js";
import { optional, readCsvTable, text } from "./published/csv-table.js";
import { publishedFile } from "./published/published.js";
import type { Direction, Verdict } from "./types.js";
import { differences, directionPhrases } from "./words/conditions.js";
import { sayRatio } from "./words/prose.js";

/** A sentence in which a post advises, and what could speak for it: claims, or nothing that is measured. */
export interface Advice {
  readonly id: string;
  readonly post: string;
  /** The part of the post that it stands in, e.g. `when gRPC`. */
  readonly topic: string;
  readonly statement: string;
  readonly rests:
    | { readonly on: "claims"; readonly claims: readonly string[] }
    | { readonly on: "nothing measured"; readonly why: string };
}

/** A piece of advice with what verdicts say of it, a clause each. */
export interface WeighedAdvice {
  readonly advice: Advice;
  readonly supporting: readonly string[];
  readonly opposing: readonly string[];
  /** What was measured and says nothing either way, and what was not measured. */
  readonly open: readonly string[];
}

/**
 * What the posts advise (columns: `data/published/README.md`).
 * @throws WirelabError `usage` with file, line and column where the file is not as it should be.
 * @example
 * loadAdvice().filter((advice) => advice.post === "002");
 */
export function loadAdvice(path: string = publishedFile("advice.csv")): readonly Advice[] {
  const rows = readCsvTable(path, {
    id: text,
    post: text,
    topic: text,
    statement: text,
    claims: optional(text),
    unmeasured: optional(text),
  });
  return rows.map(({ claims, unmeasured: why, ...advice }) => {
    if ((claims === null) === (why === null)) {
      throw new WirelabError(
        "usage",
        `${path}: ${advice.id} needs either claims or unmeasured, and not both.`,
      );
    }
    const rests =
      claims === null
        ? ({ on: "nothing measured", why: why as string } as const)
        : ({ on: "claims", claims: claims.split(" ") } as const);
    return { ...advice, rests };
  });
}

/**
 * Puts verdicts on the side of an advice that they speak for. A difference too small to matter speaks against advice that
 * rests on it.
 */
export function weigh(advice: Advice, verdicts: readonly Verdict[]): WeighedAdvice {
  const weighed = { advice, supporting: [] as string[], opposing: [] as string[], open: [] as string[] };
  if (advice.rests.on === "nothing measured") return { ...weighed, open: [advice.rests.why] };
  for (const claim of advice.rests.claims) {
    const all = verdicts.filter((verdict) => verdict.claim === claim);
    if (all.length === 0) weighed.open.push(`${claim} was not judged`);
    for (const direction of new Set(all.map((verdict) => verdict.direction))) {
      weighed[sideOf(direction)].push(sayTogether(all, direction));
    }
  }
  return weighed;
}

function sideOf(direction: Direction): "supporting" | "opposing" | "open" {
  if (direction === "holds") return "supporting";
  return direction === "opposite" || direction === "negligible" ? "opposing" : "open";
}

/** The verdicts of one claim that have a direction, in a clause: the claim, and its ratio or where that is so. */
function sayTogether(all: readonly Verdict[], direction: Direction): string {
  const [only, ...others] = all.filter((verdict) => verdict.direction === direction) as [Verdict];
  if (direction === "not testable here") return `“${only.statement}” needs ${only.missing}`;
  const { low, high } = only;
  if (all.length === 1 && low !== null && high !== null) return sayRatio({ ...only, low, high });
  const said = `“${only.statement}” ${directionPhrases[direction]}`;
  if (others.length + 1 === all.length) return `${said} under all ${all.length} conditions tested`;
  const conditions = differences(all).filter((_, index) => all[index]?.direction === direction);
  return `${said} when ${conditions.join(", or when ")}`;
}
