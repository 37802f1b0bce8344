import type { Environment } from "../../record/run-info.js";
import { type Hole, html, type Markup, trusted } from "../../show/html.js";
import { formatBytes, formatMoment, formatShare, formatWait } from "../../show/words/number.js";
import type { Finding, Verdict } from "../../verdicts/types.js";
import { liftBundle } from "../page/bundle.js";
import type { RunNote } from "../page/embedded.js";
import { renderShell } from "../page/shell.js";
import { answer } from "./ledger.js";
import { type LedgerParts, type Linked, ledgerContents, ledgerTables } from "./ledger-table.js";

/** How far one notebook of a report has come. */
export type NotebookEntry = { readonly name: string; readonly title: string } & (
  | { readonly status: "waiting" | "running" }
  | { readonly status: "ok"; readonly seconds: number; readonly page: string }
  | {
      readonly status: "failed" | "interrupted";
      readonly seconds: number;
      readonly reason: string;
      /** Null when there is nothing to show, because not even its first cell could be run. */
      readonly page: string | null;
    }
);

/** Everything that the index is made from. */
export interface ReportState extends LedgerParts {
  readonly environment: Environment;
  /** When the report was begun. */
  readonly startedAt: Date;
  readonly notebooks: readonly NotebookEntry[];
  readonly findings: readonly Linked<Finding>[];
  readonly runs: readonly Linked<RunNote>[];
  /** How small a difference can be trusted on this machine, in sentences. */
  readonly noise: readonly string[];
  /** Draws the ledger as one picture, as HTML that needs nothing from outside. */
  readonly ledgerPicture: ((verdicts: readonly Verdict[]) => string) | null;
}

/** The report's first page: the answer, the picture, the ledger, the audit, what ran, and what it all holds for. */
export function renderIndex(state: ReportState): string {
  const verdicts = state.ledger.map(({ verdict }) => verdict);
  const drawn = verdicts.length === 0 ? "" : (state.ledgerPicture?.(verdicts) ?? "");
  const { markup, bundle } = liftBundle(drawn);
  const main = html`<article><h1>REST or gRPC: what five posts claim, and what this machine says</h1>
<p class="answer">${answer(verdicts, state.claims)}</p>
${verdicts.length === 0 ? null : ledgerContents(state)}
${unfinished(state.notebooks)}
${markup === "" ? null : html`<div class="output" id="picture">${trusted(markup)}</div>`}
<h2 id="ledger">The ledger</h2>
${ledgerTables(state)}
${findingsSection(state.findings)}
${noiseSection(state)}
<h2 id="notebooks">The notebooks</h2>
${notebookTable(state.notebooks)}
${warningsSection(state.runs)}
${runsSection(state.runs)}</article>`;
  return renderShell({
    title: "REST or gRPC: the ledger",
    main,
    contents: null,
    indexHref: null,
    scope: scopeLines(state.environment, state.startedAt),
    headScript: bundle,
    hasCode: false,
    endScript: null,
  });
}

/** Machine, versions, date and commit as lines for a footer. */
export function scopeLines(environment: Environment, at: Date): string[] {
  const { cpu, cores, memoryBytes, os, node, v8, packages, gitCommit, gitDirty } = environment;
  const versions = Object.entries(packages).map(([name, version]) => `${name} ${version}`);
  return [
    `Made ${formatMoment(at.toISOString())} UTC.`,
    `Machine: ${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}, ${formatBytes(memoryBytes)} of memory, ${os}.`,
    `Software: Node ${node.replace(/^v/, "")}, V8 ${v8}${versions.map((each) => `, ${each}`).join("")}.`,
    ...(gitCommit === null
      ? []
      : [`Code: commit ${gitCommit.slice(0, 12)}${gitDirty ? " with uncommitted changes" : ""}.`]),
  ];
}

function unfinished(notebooks: readonly NotebookEntry[]): Hole {
  const waiting = notebooks.filter(({ status }) => status === "waiting" || status === "running").length;
  const failed = notebooks.filter(({ status }) => status === "failed" || status === "interrupted");
  const notes: Hole[] = [];
  if (waiting > 0) {
    notes.push(
      html`<p class="pending" role="status">${waiting} of ${notebooks.length} notebooks ${waiting === 1 ? "has" : "have"} not finished; this page grows with each. Load it again for more.</p>`,
    );
  }
  for (const { name } of failed) {
    notes.push(
      html`<p class="stopped" role="note"><strong>${name} did not run to its end</strong>, so its claims may lack verdicts: <a href="#notebooks">the reason</a>.</p>`,
    );
  }
  return notes;
}

function findingsSection(findings: readonly Linked<Finding>[]): Hole {
  if (findings.length === 0) return null;
  const rows = findings.map(
    ({
      value,
      href,
    }) => html`<tr><td data-label="Post">${value.post}</td><td data-label="Printed">${value.printed}</td><td data-label="Found">${value.found}</td>
<td data-label="Strength">${value.strength}</td><td data-label="Where"><a href="${href}" aria-label="page with the audit of post ${value.post}">page</a></td></tr>
`,
  );
  return html`<h2 id="audit">The audit of the published tables</h2>
<p class="lead">Published numbers held against their own text and against arithmetic, before anything was measured.</p>
${table(["Post", "Printed", "Found", "Strength", "Where"], rows)}`;
}

function noiseSection({ noise, ledger }: ReportState): Hole {
  if (noise.length === 0) return null;
  const effects = [...new Set(ledger.map(({ verdict }) => verdict.smallestEffect))];
  const declared = `Declared too small to count before anything was measured: ${effects.map(formatShare).join(", ")}.`;
  const lines = [...noise, ...(effects.length === 0 ? [] : [declared])];
  return html`<h2 id="noise">How small a difference can be seen here</h2>
<ul class="lead">${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

function notebookTable(notebooks: readonly NotebookEntry[]): Markup {
  const rows = notebooks.map((entry) => {
    const page = "page" in entry ? entry.page : null;
    const name: Hole = page === null ? entry.title : html`<a href="${page}">${entry.title}</a>`;
    const reason: Hole = "reason" in entry ? html`<small>${entry.reason}</small>` : null;
    const took = "seconds" in entry ? formatWait(entry.seconds) : "–";
    return html`<tr><th scope="row">${name}<small>${entry.name}</small></th><td data-label="Status">${statusWords[entry.status]}${reason}</td><td data-label="Took">${took}</td></tr>
`;
  });
  return table(["Notebook", "Status", "Took"], rows);
}

const statusWords: Readonly<Record<NotebookEntry["status"], string>> = {
  waiting: "not run yet",
  running: "running",
  ok: "ran to its end",
  failed: "failed",
  interrupted: "interrupted",
};

function warningsSection(runs: readonly Linked<RunNote>[]): Hole {
  const items = runs.flatMap(({ value, href }) =>
    value.warnings.map(({ message, advice }) => html`<li><a href="${href}">${message}</a> ${advice}</li>`),
  );
  if (items.length === 0) return null;
  return html`<h2 id="warnings">Read with care</h2><ul class="lead">${items}</ul>`;
}

function runsSection(runs: readonly Linked<RunNote>[]): Hole {
  const folders = runs.filter(({ value }) => value.folder !== null);
  if (folders.length === 0) return null;
  return html`<h2 id="runs">Where the calls are</h2>
<p class="lead">Every number above can be computed again from these folders.</p>
<ul class="lead">${folders.map(({ value, href }) => html`<li><a href="${href}"><code>${value.folder}</code></a></li>`)}</ul>`;
}

function table(heads: readonly string[], rows: readonly Markup[]): Markup {
  return html`<div class="wide"><table class="stack"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
