import { type Hole, html, type Markup } from "../show/html.js";
import { formatCount, formatRatio, formatRatioInterval } from "../show/number.js";
import { directionWords, sizeWords } from "../show/verdict-table.js";
import { sayWhen } from "../verdicts/conditions.js";
import { sayVerdict } from "../verdicts/prose.js";
import type { Claim, Direction, Verdict } from "../verdicts/types.js";

/** A verdict and the place in the report where its numbers stand. */
export interface LedgerRow {
  readonly verdict: Verdict;
  /** Link to the cell, e.g. `01-what-a-call-costs.html#cell-ab12`. */
  readonly href: string;
}

/**
 * The report's opening: how many claims hold and how many do not, and one of them in numbers. A claim whose verdicts
 * differ with the conditions counts as neither.
 */
export function answer(verdicts: readonly Verdict[], claims: readonly Claim[]): string {
  const byClaim = groupByClaim(verdicts);
  if (byClaim.size === 0) return "No claim has a verdict yet: no notebook that tests one has run to its end.";
  const kinds = [...byClaim.values()].map(outcome);
  const count = (kind: Outcome) => kinds.filter((each) => each === kind).length;
  const parts = outcomes.flatMap(([kind, one, many]) => {
    const n = count(kind);
    return n === 0 ? [] : [`${n} ${n === 1 ? one : many}`];
  });
  const [only] = outcomes.filter(([kind]) => kind === kinds[0]);
  const tested =
    kinds.length === 1
      ? `The one published claim tested ${only?.[1]}.`
      : `Of ${kinds.length} published claims tested, ${listed(parts)}.`;
  const waiting = withoutVerdict(verdicts, claims).length;
  const rest =
    waiting === 0 ? "" : ` ${waiting === 1 ? "One more has" : `${waiting} more have`} no verdict yet.`;
  return `${tested}${rest} ${telling(byClaim)}`.trim();
}

/** The ledger as a table: every verdict with its numbers and its place in the report. */
export function ledgerTable(rows: readonly LedgerRow[]): Hole {
  if (rows.length === 0) return html`<p class="lead">Empty so far.</p>`;
  const heads = ["Claim", "Published", "Measured here", "Verdict", "Conditions", "Scope", "Where"];
  return html`<div class="wide"><table class="stack"><caption>Ratios are the claim's first arm ÷ its second; brackets hold the 99 % interval</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(verdictRow)}</tbody></table></div>`;
}

/** The claims that no verdict in the ledger is about: shown, so that nobody takes the ledger for complete. */
export function openClaims(rows: readonly LedgerRow[], claims: readonly Claim[]): Hole {
  const open = withoutVerdict(
    rows.map(({ verdict }) => verdict),
    claims,
  );
  if (open.length === 0) return null;
  return html`<h3 id="open">No verdict yet</h3>
<div class="wide"><table class="stack"><thead><tr><th scope="col">Claim</th><th scope="col">Published</th><th scope="col">Conditions</th></tr></thead>
<tbody>${open.map(openRow)}</tbody></table></div>`;
}

function verdictRow({ verdict, href }: LedgerRow): Markup {
  const { low, high } = verdict;
  const interval: Hole =
    low === null || high === null
      ? null
      : html`<small class="interval">[${formatRatioInterval({ low, high })}]</small>`;
  const size: Hole = verdict.size === null ? null : html`<small>${sizeWords(verdict.size)}</small>`;
  const calls = verdict.calls === null ? null : `${formatCount(verdict.calls)} calls`;
  const scope = [calls, verdict.scope].filter((part) => part !== null && part !== "").join(", ");
  const missing: Hole = verdict.missing === null ? null : html`<small>needs ${verdict.missing}</small>`;
  return html`<tr><th scope="row">${verdict.statement}<small>post ${verdict.post}</small></th>
<td data-label="Published">${formatRatio(verdict.published)}</td>
<td data-label="Measured here">${formatRatio(verdict.ratio)}${interval}</td>
<td data-label="Verdict"><span class="verdict">${directionWords(verdict.direction)}</span>${size}${missing}</td>
<td data-label="Conditions">${verdict.conditions}</td>
<td data-label="Scope">${verdict.stack}<small>${scope}</small></td>
<td data-label="Where"><a href="${href}" aria-label="Numbers and figures for: ${verdict.statement}">page</a></td></tr>
`;
}

function openRow(claim: Claim): Markup {
  return html`<tr><th scope="row">${claim.statement}<small>post ${claim.post}</small></th>
<td data-label="Published">${formatRatio(claim.ratio)}</td>
<td data-label="Conditions">${claim.conditions}</td></tr>
`;
}

function withoutVerdict(verdicts: readonly Verdict[], claims: readonly Claim[]): Claim[] {
  const judged = new Set(verdicts.map(({ claim }) => claim));
  return claims.filter(({ id }) => !judged.has(id));
}

type Outcome = Direction | "mixed";

const outcomes: readonly (readonly [Outcome, string, string])[] = [
  ["holds", "holds on this machine", "hold on this machine"],
  ["mixed", "holds under some conditions only", "hold under some conditions only"],
  ["opposite", "comes out the other way round", "come out the other way round"],
  ["negligible", "is a difference too small to matter", "are differences too small to matter"],
  ["undecided", "stays undecided", "stay undecided"],
  ["not testable here", "cannot be tested here", "cannot be tested here"],
];

function outcome(verdicts: readonly Verdict[]): Outcome {
  const [first, ...others] = new Set(verdicts.map(({ direction }) => direction));
  return first !== undefined && others.length === 0 ? first : "mixed";
}

/** The claim that a chooser learns most from: one that turns with its conditions, else the best-founded verdict. */
function telling(byClaim: ReadonlyMap<string, readonly Verdict[]>): string {
  const turning = [...byClaim.values()].find((verdicts) => outcome(verdicts) === "mixed");
  const [first] = turning ?? [];
  if (turning !== undefined && first !== undefined) return `“${first.statement}” ${sayWhen(turning)}.`;
  const measured = [...byClaim.values()].flat().filter(({ low }) => low !== null);
  // Who must choose a protocol wants two of them compared, not a call with a function.
  const ofProtocols = measured.filter(({ first, second }) => ![first, second].includes("function"));
  const [best] = (ofProtocols.length > 0 ? ofProtocols : measured).sort(
    (a, b) => (b.calls ?? 0) - (a.calls ?? 0),
  );
  return best === undefined ? "" : sayVerdict(best);
}

function groupByClaim(verdicts: readonly Verdict[]): Map<string, Verdict[]> {
  const groups = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const group = groups.get(verdict.claim);
    if (group) group.push(verdict);
    else groups.set(verdict.claim, [verdict]);
  }
  return groups;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
