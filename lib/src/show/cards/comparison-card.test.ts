import { expect, it } from "vitest";
import { comparedRounds } from "../../analysis/rounds/compared-rounds.js";
import { madeUpLoad } from "../../analysis/testing/made-up-load.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { comparisonWords } from "../../verdicts/words/comparison-words.js";
import { HOSTILE, sampleCalls } from "../testing/samples.js";
import { type ComparisonCard, comparisonCardHtml, mostCallsInPage } from "./comparison-card.js";

const arms = [
  { name: "rest", medianMs: 0.1 },
  { name: HOSTILE, medianMs: 0.2 },
];

function cardOf(pairs: number, blocks: number, callsPerRound: number): ComparisonCard {
  const calls = sampleCalls({ arms, pairs, blocks, callsPerRound });
  return {
    title: `REST ÷ ${HOSTILE}`,
    metric: "p90",
    said: { ratio: `REST took 2 times as long as ${HOSTILE}.`, direction: "Longer.", basis: "From calls." },
    estimate: { value: 2, low: 1.9, high: 2.1, confidence: 0.99 },
    words: comparisonWords("rest", HOSTILE),
    rounds: comparedRounds(calls, sampleInfo(), { first: "rest", second: HOSTILE }),
    isLoad: false,
    doubt: `What ${HOSTILE} does is not known.`,
  };
}

it("begins its form with what the notebook chose, and carries nothing that a page would obey", () => {
  const shown = comparisonCardHtml(cardOf(2, 4, 10));
  expect(shown).toMatch(/<select name="metric"><option value="p90">/);
  expect(shown).toContain('<form hidden data-part="choice"');
  expect(shown.match(/<script/g)).toHaveLength(1);
  expect(shown).not.toContain("<img");
  expect(shown).toContain('<p class="note">What ');
});

it("offers no choice among pairs where there is one", () => {
  expect(comparisonCardHtml(cardOf(2, 4, 10))).toContain('<option value="pair">');
  expect(comparisonCardHtml(cardOf(1, 4, 10))).not.toContain('<option value="pair">');
});

it("offers of a load its first seconds, and never the calls before it", () => {
  const { calls, info } = madeUpLoad();
  const rounds = comparedRounds(calls, info, { first: "rest", second: "grpc" });
  const shown = comparisonCardHtml({ ...cardOf(1, 4, 10), rounds, isLoad: true });
  expect(shown).toMatch(/<input name="blocks"[^>]* max="2".*<input name="seconds"[^>]* max="3"/s);
  expect(shown).not.toContain('<option value="none">');
  expect(comparisonCardHtml(cardOf(2, 4, 10))).not.toContain("econds");
});

it("says that it has too many calls for a page instead of a form", () => {
  const shown = comparisonCardHtml({ ...cardOf(1, 4, 10), rounds: { tooMany: mostCallsInPage + 8 } });
  expect(shown).toMatch(/run the cell again.*200.000 calls at most.*200.008/);
  expect(shown).not.toMatch(/<form|<script|data-wirelab-comparison/);
});
