import type { Verdict } from "../../verdicts/types.js";
import { COLORS, mix } from "../style.js";
import type { Table } from "../tables/table.js";
import { formatRatio, formatRatioInterval } from "../words/number.js";
import { type Figure, figure, type PlotlyObject } from "./figure.js";
import { intervalBars } from "./interval-bars.js";
import { MARK_OFFSET, narrowLayout, reachOf, wideLayout } from "./ledger-layout.js";
import { type LedgerKind, type LedgerMark, type LedgerRow, ledgerRows } from "./ledger-rows.js";
import { plotText, wrapped } from "./plot-text.js";

/** How one kind of number is drawn: told apart by its mark and its place in the row as well as by its colour. */
interface Look {
  readonly kind: LedgerKind;
  readonly name: string;
  readonly symbol: string;
  readonly color: string;
  /** Downwards from the middle of the row, in rows. */
  readonly offset: number;
}

// Not the colours of REST and gRPC: what is told apart here is where a number comes from.
const LOOKS: readonly Look[] = [
  { kind: "published", name: "published", symbol: "diamond-open", color: COLORS.muted, offset: -MARK_OFFSET },
  {
    kind: "replicated",
    name: "the post's stack here",
    symbol: "square",
    color: mix(COLORS.ink, 0.6, COLORS.paper),
    offset: 0,
  },
  { kind: "ported", name: "ported to TypeScript", symbol: "circle", color: COLORS.ink, offset: MARK_OFFSET },
];

/**
 * All verdicts as one picture: a row a claim, the ratio of its first arm to its second on a logarithmic axis with 1 in the
 * middle, marks for published, replicated and ported with their intervals, and the verdict in words. Counts and rates are
 * drawn as their inverse, so that right of 1 always speaks for the second arm. Null without any ratio.
 *
 * @example
 * ratioLedger(verdicts)
 */
export function ratioLedger(verdicts: readonly Verdict[]): Figure | null {
  const rows = ledgerRows(verdicts);
  if (rows.length === 0) return null;
  const reach = reachOf(rows);
  const runs = new Set(verdicts.flatMap(({ run }) => (run === null ? [] : [run])));
  return figure({
    title: "Every claim in one picture",
    description: describe(rows),
    data: LOOKS.flatMap((look) => lookTraces(rows, look, reach)),
    layout: wideLayout(rows),
    narrow: narrowLayout(rows),
    table: ledgerTable(rows),
    source: runs.size === 0 ? null : [...runs].join(", "),
  });
}

function describe(rows: readonly LedgerRow[]): string {
  const inverse = rows.some(({ inverted }) => inverted)
    ? "; counts and rates, of which more is better, are drawn as their inverse"
    : "";
  return `Each row is a claim after the number of its post, and its first arm ÷ its second: right of 1 speaks for the second arm, left of 1 for the first${inverse}. ${sayCounts("replicated", rows)}${sayCounts("ported", rows)}`;
}

/** How often which verdict came out on one stack, as a sentence; "" where nothing was measured on it. */
function sayCounts(kind: LedgerKind, rows: readonly LedgerRow[]): string {
  const verdicts = rows.flatMap(({ marks }) =>
    marks.flatMap((mark) => (mark.kind === kind ? [mark.verdict] : [])),
  );
  if (verdicts.length === 0) return "";
  const counted = [...new Set(verdicts)].map(
    (words) => `${words} (${verdicts.filter((one) => one === words).length})`,
  );
  return `${kind === "replicated" ? "Replicated" : "Ported"}: ${counted.join(", ")}. `;
}

function lookTraces(rows: readonly LedgerRow[], look: Look, reach: number): PlotlyObject[] {
  const marks = rows.flatMap((row, y) =>
    row.marks.flatMap((mark) => (mark.kind === look.kind ? [{ mark, row, y: y + look.offset }] : [])),
  );
  if (marks.length === 0) return [];
  const edge = reach / 1.1;
  const beyond = ({ at }: LedgerMark): boolean => at > edge || at < 1 / edge;
  const drawnAt = (mark: LedgerMark): number => Math.min(edge, Math.max(1 / edge, mark.at));
  return [
    {
      type: "scatter",
      mode: "markers+text",
      cliponaxis: false,
      name: look.kind === "published" ? look.name : `${look.name}, 99 % interval`,
      x: marks.map(({ mark }) => drawnAt(mark)),
      y: marks.map(({ y }) => y),
      error_x: {
        ...intervalBars(
          marks.map(({ mark }) => (beyond(mark) ? barless(mark) : { ...mark, value: mark.at })),
          look.color,
        ),
        thickness: 2,
        width: 4,
        visible: look.kind !== "published",
      },
      marker: { symbol: look.symbol, color: look.color, size: 10, line: { width: 2, color: look.color } },
      text: marks.map(({ mark }) => (beyond(mark) ? beyondText(mark) : "")),
      textposition: marks.map(({ mark }) => (mark.at > 1 ? "middle left" : "middle right")),
      textfont: { color: look.color, size: 12 },
      customdata: marks.map(({ mark, row }) => hoverText(mark, row, look)),
      hovertemplate: "%{customdata}<extra></extra>",
    },
  ];
}

function barless({ at }: LedgerMark) {
  return { value: at, low: at, high: at };
}

function beyondText({ at, ratio }: LedgerMark): string {
  return at > 1 ? `${formatRatio(ratio)} → ` : ` ← ${formatRatio(ratio)}`;
}

function hoverText(mark: LedgerMark, row: LedgerRow, look: Look): string {
  const interval = mark.kind === "published" ? "" : ` (${formatRatioInterval(rawInterval(mark, row))})`;
  const lines = [wrapped(row.statement, 50), plotText(mark.arms), `${look.name}: ${formatRatio(mark.ratio)}`];
  return lines.join("<br>") + interval;
}

function rawInterval(mark: LedgerMark, { inverted }: LedgerRow) {
  return inverted ? { low: 1 / mark.high, high: 1 / mark.low } : { low: mark.low, high: mark.high };
}

function ledgerTable(rows: readonly LedgerRow[]): Table {
  const names = LOOKS.map(({ kind, name }) => [kind, name] as const);
  return {
    columns: [
      { name: "claim", kind: "text" },
      { name: "first ÷ second", kind: "text" },
      { name: "from", kind: "text" },
      { name: "ratio", kind: "ratio" },
      { name: "low", kind: "ratio" },
      { name: "high", kind: "ratio" },
      { name: "drawn at", kind: "ratio" },
      { name: "verdict", kind: "text" },
    ],
    rows: rows.flatMap((row) =>
      row.marks.map((mark) => {
        const { low, high } = rawInterval(mark, row);
        const name = names.find(([kind]) => kind === mark.kind)?.[1] ?? mark.kind;
        const bounds = mark.kind === "published" ? [null, null] : [low, high];
        return [row.statement, mark.arms, name, mark.ratio, ...bounds, mark.at, mark.verdict];
      }),
    ),
  };
}
