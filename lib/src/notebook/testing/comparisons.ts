import { expect } from "vitest";
import { madeUpLoad } from "../../analysis/testing/made-up-load.js";
import { compare } from "../../lab/compare.js";
import type { Choice, Recomputed } from "../../recompute/recompute.js";
import type { SaidComparison } from "../../recompute/words.js";
import { type Run, runOf } from "../../record/run.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { viewOf } from "../../show/display.js";
import { SAMPLE_ARMS, sampleCalls } from "../../show/testing/samples.js";
import type { Missing } from "../../stats/missing.js";
import { type CallMetric, callMetrics } from "../../stats/ratios/round-metric.js";

/** A run in memory of all sample arms: ten pairs, calls enough for every percentile of a round. */
export function sampleRun({ pairs = 10, blocks = 4, callsPerRound = 380 } = {}): Run {
  const calls = sampleCalls({ pairs, blocks, callsPerRound });
  return runOf({ folder: null, info: sampleInfo(), warnings: [] }, async () => calls);
}

/** A run in memory of two arms under load. */
export function sampleLoadRun(): Run {
  const { calls, info } = madeUpLoad();
  return runOf({ folder: null, info, warnings: [] }, async () => calls);
}

/** Every two of the arms of the first. */
export const armsOfSample = SAMPLE_ARMS.flatMap(({ name }, i) =>
  SAMPLE_ARMS.slice(i + 1).map((other) => ({ first: name, second: other.name })),
);

/** What a cell shows that compares two arms. */
export async function comparisonHtml(
  run: Run,
  options: { readonly first: string; readonly second: string; readonly metric?: CallMetric },
): Promise<string> {
  return viewOf(await compare(run, options))?.html() ?? "";
}

/** A choice, and the fields of the form that it is made with. */
export interface FormChoice {
  readonly fields: Readonly<Record<string, string>>;
  readonly choice: Choice;
}

/** Every metric, as the run is counted. */
export const byMetric: readonly FormChoice[] = callMetrics.map((metric) => ({
  fields: { metric, cut: "detected", unit: "pairs" },
  choice: { metric, cut: "detected", unit: "pairs" },
}));

/** What only a load has to choose. */
export const bySeconds: readonly FormChoice[] = (["p90", "rate"] as const).map((metric) => ({
  fields: { metric, cut: "seconds", seconds: "2" },
  choice: { metric, cut: { firstSeconds: 2 }, unit: "pairs" },
}));

/** Every other warm-up and unit. */
export const byOtherChoices: readonly FormChoice[] = [
  {
    fields: { metric: "p90", cut: "none" },
    choice: { metric: "p90", cut: { firstBlocks: 0 }, unit: "pairs" },
  },
  {
    fields: { metric: "mean", cut: "first", blocks: "3", unit: "pairs" },
    choice: { metric: "mean", cut: { firstBlocks: 3 }, unit: "pairs" },
  },
  {
    fields: { metric: "median", cut: "detected", unit: "pair", pair: "4" },
    choice: { metric: "median", cut: "detected", unit: { pair: 4 } },
  },
  {
    fields: { metric: "p99", cut: "first", blocks: "1", unit: "calls" },
    choice: { metric: "p99", cut: { firstBlocks: 1 }, unit: "calls" },
  },
  {
    fields: { metric: "mean", cut: "none", unit: "calls" },
    choice: { metric: "mean", cut: { firstBlocks: 0 }, unit: "calls" },
  },
  {
    fields: { metric: "spread", cut: "detected", unit: "calls" },
    choice: { metric: "spread", cut: "detected", unit: "calls" },
  },
];

/** What a card says, and the numbers behind it with all their digits. */
export interface Printed {
  readonly said: SaidComparison;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The same as the library would have it; an engine's exp and log may differ from another's in the last bit. */
export function printedOf(said: SaidComparison, found: Pick<Recomputed, "ratio"> | Missing): unknown {
  const near = (value: number) => expect.closeTo(value, 12 - Math.ceil(Math.log10(value)));
  if ("missing" in found) return { said, value: 0, low: 0, high: 0 };
  const { value, low, high } = found.ratio;
  return { said, value: near(value), low: near(low), high: near(high) };
}

const read = `(card) => {
  const part = (name) => card.querySelector('[data-part="' + name + '"]');
  const { value, low, high } = part("result").dataset;
  const said = Object.fromEntries(["ratio", "direction", "basis"].map((name) => [name, part(name).textContent]));
  return { said, value: Number(value), low: Number(low), high: Number(high) };
}`;

/** Evaluated in a page: what all of its cards say. */
export const readAll = `[...document.querySelectorAll("[data-wirelab-comparison]")].map(${read})`;

/** Evaluated in a page: sets fields of a card's form as a reader would, and gives what the card says then. */
export function choose(card: number, fields: FormChoice["fields"]): string {
  return afterIn(
    card,
    `for (const [name, value] of Object.entries(${JSON.stringify(fields)})) form.elements[name].value = value;
    form.dispatchEvent(new Event("change"));`,
  );
}

/** Evaluated in a page: presses the button of a card that goes back to the notebook's choice. */
export function goBack(card: number): string {
  return afterIn(card, `form.querySelector("button").click();`);
}

/** The numbers are written last, all of them each time. */
function afterIn(card: number, action: string): string {
  return `new Promise((done) => {
    const card = document.querySelectorAll("[data-wirelab-comparison]")[${card}];
    const form = card.querySelector("form");
    const watch = new MutationObserver(() => { watch.disconnect(); done((${read})(card)); });
    watch.observe(card.querySelector('[data-part="result"]'), { attributes: true });
    ${action}
  })`;
}
