import { type Hole, html, type Markup } from "../../show/html.js";
import { directionWords, sizeWords } from "../../show/tables/verdict-table.js";
import { formatCount, formatRatio, formatRatioInterval, formatUnlessVast } from "../../show/words/number.js";
import { type ClaimRow, claimRows, testedOf, verdictsOf } from "../../verdicts/claim-row.js";
import { loadPosts } from "../../verdicts/published/published.js";
import type { Claim, Verdict } from "../../verdicts/types.js";
import { sayWhenInBrief } from "../../verdicts/words/conditions.js";
import { sayArm } from "../../verdicts/words/words.js";
import type { ClaimConditionNote } from "../page/embedded.js";
import { sayOutcomes, withoutVerdict } from "./ledger.js";

/** Something said in a notebook, with a link to where. */
export interface Linked<T> {
  readonly value: T;
  readonly href: string;
}

/** A verdict and the place in the report where its numbers stand. */
export interface LedgerRow {
  readonly verdict: Verdict;
  /** Link to the cell, e.g. `01-what-a-call-costs.html#cell-ab12`. */
  readonly href: string;
}

/** What the ledger is made from. */
export interface LedgerParts {
  readonly ledger: readonly LedgerRow[];
  readonly claims: readonly Claim[];
  /** Under which flips claims hold. */
  readonly claimConditions: readonly Linked<ClaimConditionNote>[];
}

/** One post of the ledger. */
interface PostPart {
  readonly post: string;
  readonly title: string;
  readonly verdicts: readonly Verdict[];
  /** Claims without a verdict. */
  readonly open: readonly Claim[];
}

/** The posts in the order in which their notebooks come, a line each: what became of their claims. */
export function ledgerContents(parts: LedgerParts): Hole {
  const lines = postsOf(parts).map(({ post, title, verdicts }) => {
    const said = verdicts.length === 0 ? "no verdict yet" : sayOutcomes(verdicts);
    return html`<li><a href="#${anchorOf(post)}">Post ${post}</a>, ${title}: ${said}.</li>
`;
  });
  return lines.length === 0 ? null : html`<ul class="lead">${lines}</ul>`;
}

/** The ledger: under each post a row a claim, and what else is known of it folded under the row. */
export function ledgerTables(parts: LedgerParts): Hole {
  const places = {
    verdicts: new Map(parts.ledger.map(({ verdict, href }) => [verdict, href])),
    flips: new Map(parts.claimConditions.map((one) => [one.value.claim, one])),
    claims: new Map(parts.claims.map((claim) => [claim.id, claim])),
  };
  const posts = postsOf(parts);
  if (posts.length === 0) return html`<p class="lead">Empty so far.</p>`;
  return html`<p class="lead">Every ratio is the claim's first arm ÷ its second, with its 99 % interval. <em>Replicated</em>: the post's own
programs, run here. <em>Ported</em>: the same experiment on Express and grpc-js.</p>
${posts.map((part) => postSection(part, places))}`;
}

function postsOf({ ledger, claims }: LedgerParts): readonly PostPart[] {
  const verdicts = ledger.map(({ verdict }) => verdict);
  const open = withoutVerdict(verdicts, claims);
  const known = loadPosts().toSorted((a, b) => a.notebook.localeCompare(b.notebook));
  const names = new Set([...known, ...verdicts, ...open].map(({ post }) => post));
  const all = [...names].map((post) => ({
    post,
    title: known.find((one) => one.post === post)?.title ?? "not one of the five",
    verdicts: verdicts.filter((verdict) => verdict.post === post),
    open: open.filter((claim) => claim.post === post),
  }));
  return all.filter(({ verdicts, open }) => verdicts.length + open.length > 0);
}

function anchorOf(post: string): string {
  return `post-${post}`;
}

/** Where in the report what is said stands. */
interface Places {
  readonly verdicts: ReadonlyMap<Verdict, string>;
  readonly claims: ReadonlyMap<string, Claim>;
  /** By claim. */
  readonly flips: ReadonlyMap<string, Linked<ClaimConditionNote>>;
}

function postSection({ post, title, verdicts, open }: PostPart, places: Places): Markup {
  const rows = claimRows(verdicts).map((row) => claimRow(row, places));
  const judged = rows.length === 0 ? null : table(`Claims of post ${post}`, HEADS, rows);
  const waiting = `${open.length} ${open.length === 1 ? "claim" : "claims"} without a verdict yet`;
  const rest: Hole =
    open.length === 0
      ? null
      : html`<details><summary>${waiting}</summary>${table(waiting, OPEN_HEADS, open.map(openRow))}</details>`;
  return html`<h3 id="${anchorOf(post)}">Post ${post}: ${title}</h3>
${judged}${rest}`;
}

const HEADS = ["Claim", "Published", "Replicated", "Ported", "Condition", "Where"];
const OPEN_HEADS = ["Claim", "Published", "Condition"];

function table(label: string, heads: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="wide"><table class="stack ledger" aria-label="${label}"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
${rows}</table></div>`;
}

/** A body of its own, so that a row and what is folded under it stay together. */
function claimRow(row: ClaimRow, places: Places): Markup {
  const { replicated, ported } = row;
  const named = (ported ?? replicated) as Verdict;
  const own = places.claims.get(row.claim) ?? named;
  const all = verdictsOf(row);
  const hrefOf = (verdict: Verdict) => places.verdicts.get(verdict) ?? "";
  return html`<tbody><tr><th scope="row">${named.statement}</th>
<td data-label="Published">${formatRatio(named.published)}</td>
<td data-label="Replicated">${measuredCell(replicated, own)}</td>
<td data-label="Ported">${measuredCell(ported, own)}</td>
<td data-label="Condition">${conditionCell(all)}${flipNote(places.flips.get(row.claim))}</td>
<td data-label="Where"><a href="${hrefOf(testedOf(all)[0] as Verdict)}" aria-label="The cell that decides: ${named.statement}">cell</a></td></tr>
<tr class="more"><td colspan="${HEADS.length}"><details><summary>${foldWords(all)}<span class="of"> of: ${named.statement}</span></summary>
<ul>${all.map((verdict) => verdictItem(verdict, hrefOf(verdict)))}${flipItem(places.flips.get(row.claim))}</ul></details></td></tr></tbody>
`;
}

function foldWords({ length }: readonly Verdict[]): string {
  return length === 1 ? "What this verdict rests on" : `All ${length} verdicts, and what they rest on`;
}

function measuredCell(verdict: Verdict | null, named: Pick<Claim, "first" | "second">): Hole {
  if (verdict === null) return html`<span class="none">not measured</span>`;
  const { direction, size, ratio } = verdict;
  const other = verdict.first !== named.first || verdict.second !== named.second;
  const sized: Hole = size === null ? null : html`<small>${sizeWords(size)}</small>`;
  const arms: Hole = other ? html`<small>${armsWords(verdict)}</small>` : null;
  const number: Hole = ratio === null ? null : html` ${formatRatio(ratio)}${interval(verdict)}`;
  return html`<span class="verdict">${directionWords(direction)}</span>${number}${sized}${arms}`;
}

function interval({ low, high }: Verdict): Hole {
  if (low === null || high === null) return null;
  return html`<small class="interval">${formatUnlessVast({ low, high }, formatRatioInterval)}</small>`;
}

function armsWords({ first, second }: Verdict): string {
  return `${sayArm(first)} ÷ ${sayArm(second)}`;
}

/** Under which of the conditions tested the claim holds, and what all of those have in common. */
function conditionCell(all: readonly Verdict[]): Hole {
  const tested = testedOf(all);
  const [one] = tested;
  if (one?.ratio === null) return html`needs ${one.missing}`;
  const shared = sharedClauses(tested);
  const under: Hole = shared === "" ? null : html`<small>${shared}</small>`;
  return html`${sayWhenInBrief(tested)}${under}`;
}

/** What flips of one factor at a time say of it, which is another experiment. */
function flipNote(note: Linked<ClaimConditionNote> | undefined): Hole {
  if (note === undefined) return null;
  return html`<small><a href="${note.href}">By flips</a>: ${note.value.brief}</small>`;
}

function flipItem(note: Linked<ClaimConditionNote> | undefined): Hole {
  if (note === undefined) return null;
  return html`<li><a href="${note.href}">By flips</a>, REST ÷ gRPC by medians with its 99 % interval: ${note.value.sentence}</li>`;
}

function sharedClauses(verdicts: readonly Verdict[]): string {
  const all = verdicts.map(({ conditions }) => conditions.split("; "));
  return (all[0] ?? []).filter((clause) => all.every((clauses) => clauses.includes(clause))).join("; ");
}

/** A verdict with everything that it rests on. */
function verdictItem(verdict: Verdict, href: string): Markup {
  const { direction, size, ratio, stack, conditions, calls, scope, run, missing } = verdict;
  const said = [directionWords(direction), ...(size === null ? [] : [sizeWords(size)])].join(", ");
  const number: Hole = ratio === null ? null : html`: ${formatRatio(ratio)} ${bracketed(verdict)}`;
  const under = conditions === "" ? null : ` when ${conditions}`;
  const basis = [
    stack,
    calls === null ? null : `${formatCount(calls)} calls`,
    scope,
    run,
    missing && `needs ${missing}`,
  ];
  return html`<li><a href="${href}">${armsWords(verdict)}</a>: <span class="verdict">${said}</span>${number}${under}
<small>${basis.filter((part) => part !== null && part !== "").join("; ")}</small></li>
`;
}

function bracketed({ low, high }: Verdict): Hole {
  return low === null || high === null ? null : `(${formatUnlessVast({ low, high }, formatRatioInterval)})`;
}

function openRow({ statement, ratio, conditions }: Claim): Markup {
  return html`<tbody><tr><th scope="row">${statement}</th>
<td data-label="Published">${formatRatio(ratio)}</td><td data-label="Condition">${conditions}</td></tr></tbody>
`;
}
