import type { ComparedRounds } from "../../recompute/compared.js";
import { packRounds } from "../../recompute/pack.js";
import type { ComparisonWords, SaidComparison } from "../../recompute/words.js";
import type { Estimate } from "../../stats/interval.js";
import { byPair } from "../../stats/ratios/matched-rounds.js";
import { type CallMetric, callMetrics } from "../../stats/ratios/round-metric.js";
import { html, jsonScript, type Markup, trusted } from "../html.js";
import { styleTag } from "../style.js";
import { formatCount } from "../words/number.js";

/** Most calls, of both arms together, that an output carries for its page: less than 2 MB of text. */
export const mostCallsInPage = 200_000;

/** How many calls there are where a page does not hold them. */
export interface TooManyCalls {
  readonly tooMany: number;
}

/** A comparison of two arms that a page can compute anew. */
export interface ComparisonCard {
  /** What is compared, as REST ÷ gRPC by median. */
  readonly title: string;
  readonly metric: CallMetric;
  readonly said: SaidComparison;
  readonly estimate: Estimate;
  readonly words: ComparisonWords;
  readonly rounds: ComparedRounds | TooManyCalls;
  /** Whether rounds are a load's, which lasts seconds. */
  readonly isLoad: boolean;
  /** Why the arms may not have done the same work, a sentence. */
  readonly doubt: string | null;
}

/**
 * A comparison as HTML: what was computed, and a form that stays hidden until the page's program finds it (`recompute/program`), as
 * it does in a report and not in JupyterLab. Of too many calls for a page it says so instead.
 */
export function comparisonCardHtml(card: ComparisonCard): string {
  const { said, estimate, rounds, doubt } = card;
  return html`<div class="wirelab"${!("tooMany" in rounds) && trusted(" data-wirelab-comparison")}>${styleTag()}
<div data-part="result" role="status" data-value="${String(estimate.value)}" data-low="${String(estimate.low)}" data-high="${String(estimate.high)}">
<p data-part="ratio">${said.ratio}</p>
<p><b data-part="direction">${said.direction}</b></p>
<p class="note" data-part="basis">${said.basis}</p>
<p class="warning" data-part="careless" hidden></p>
</div>
${doubt !== null && html`<p class="note">${doubt}</p>`}
${"tooMany" in rounds ? tooMany(rounds.tooMany) : recomputable(card, rounds)}</div>`.markup;
}

function tooMany(calls: number): Markup {
  return html`<p class="note">For another metric run the cell again with it: a page holds ${formatCount(mostCallsInPage)} calls at most to compute it from, and these are ${formatCount(calls)}.</p>`;
}

function recomputable({ title, metric, words, isLoad }: ComparisonCard, rounds: ComparedRounds): Markup {
  const metrics = [metric, ...callMetrics.filter((one) => one !== metric)];
  const pairs = byPair(rounds.first).map(([round]) => round?.pair ?? 0);
  return html`<form hidden data-part="choice" autocomplete="off" aria-label="Compute ${title} anew">
<p class="note">Computed in this page, from the calls of the run, as soon as something is chosen.</p>
<p class="choices"><label>Metric <select name="metric">${metrics.map((one) => option(one, words[one].label))}</select></label>
${warmupFields(rounds, isLoad)}
<label>What repeats <select name="unit">${option("pairs", "pairs, then blocks")}${pairs.length > 1 && option("pair", "blocks of one pair")}${option("calls", "single calls, as careless posts count")}</select></label>
${pairs.length > 1 && html`<label hidden data-part="pair">Pair <select name="pair">${pairs.map((pair) => option(String(pair), String(pair + 1)))}</select></label>`}
<button type="reset">As in the notebook</button></p>
</form>
${jsonScript({ rounds: packRounds(rounds), words }, { "data-part": "left" })}`;
}

/** Before a load there were other calls, which it can never be compared with; in it the first seconds may be warm-up. */
function warmupFields({ first }: ComparedRounds, isLoad: boolean): Markup {
  const mostBlocks = first.reduce((most, { block }) => Math.max(most, block), 0);
  const lastSecond = first.reduce((last, { secondOfRow }) => secondOfRow.reduce(later, last), 0);
  return html`<label>Warm-up <select name="cut">${option("detected", "left out as in the run")}${mostBlocks > 0 && option("first", "left out: the first blocks of every pair")}${lastSecond > 0 && option("seconds", "left out: the first seconds of every round")}${!isLoad && option("none", "not left out")}</select></label>
${mostBlocks > 0 && amountField("blocks", "Blocks to leave out", mostBlocks)}${lastSecond > 0 && amountField("seconds", "Seconds to leave out", lastSecond)}`;
}

function later(last: number, second: number): number {
  return Math.max(last, second);
}

function amountField(name: string, label: string, most: number): Markup {
  return html`<label hidden data-part="${name}">${label} <input name="${name}" type="number" min="1" max="${most}" step="1" value="1" inputmode="numeric"></label>`;
}

function option(value: string, label: string): Markup {
  return html`<option value="${value}">${label}</option>`;
}
