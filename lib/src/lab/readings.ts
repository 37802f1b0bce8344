import { showable } from "../show/display.js";
import { escapeHtml } from "../show/html.js";
import type { VerdictTable } from "../show/tables/verdict-table.js";
import type { Verdict } from "../verdicts/types.js";
import { sayWhen } from "../verdicts/words/conditions.js";
import { sayVerdict } from "../verdicts/words/prose.js";

/**
 * A claim, what was measured of it in sentences, and when it holds.
 *
 * @example
 * const said = ({ statement, when }: lab.Reading) => `${statement}: ${when}`;
 */
export interface Reading {
  readonly statement: string;
  readonly sentences: readonly string[];
  /** How the claim fares over all conditions, e.g. `holds when …`. */
  readonly when: string;
}

/**
 * Verdicts as prose, a paragraph a claim: made from the numbers, so it is true whatever they are.
 *
 * @example
 * lab.readings(await lab.verdicts("003", run));
 */
export function readings({ verdicts }: VerdictTable): readonly Reading[] {
  const claims = [...new Set(verdicts.map(({ claim }) => claim))];
  const all = claims.map((claim) => readingOf(verdicts.filter((verdict) => verdict.claim === claim)));
  return showable(all, {
    html: () => all.map(readingHtml).join("\n"),
    text: () => all.map(readingText).join("\n"),
  });
}

function readingHtml({ statement, sentences, when }: Reading): string {
  return `<p><b>${escapeHtml(statement)}:</b> ${escapeHtml(when)}. ${escapeHtml(sentences.join(" "))}</p>`;
}

function readingText({ statement, sentences, when }: Reading): string {
  return `${statement}: ${when}. ${sentences.join(" ")}`;
}

function readingOf(verdicts: readonly Verdict[]): Reading {
  const [first] = verdicts as [Verdict];
  return { statement: first.statement, sentences: verdicts.map(sayVerdict), when: sayWhen(verdicts) };
}
