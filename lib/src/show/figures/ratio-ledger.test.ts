import { describe, expect, it } from "vitest";
import type { Verdict } from "../../verdicts/types.js";
import { HOSTILE, sampleVerdicts } from "../testing/samples.js";
import type { Figure } from "./figure.js";
import { ledgerRows } from "./ledger-rows.js";
import { logTicks } from "./log-axis.js";
import { wrapLines } from "./plot-text.js";
import { ratioLedger } from "./ratio-ledger.js";

const [holds, , , , untested] = sampleVerdicts(5) as [Verdict, Verdict, Verdict, Verdict, Verdict];

/** The parts of a ledger's layout that tests read. */
interface LedgerLayout {
  readonly xaxis: { readonly range: readonly [number, number] };
  readonly annotations: readonly { readonly text: string }[];
}

function drawn(verdicts: readonly Verdict[]): Figure & { readonly layout: LedgerLayout } {
  const shown = ratioLedger(verdicts);
  if (shown === null) throw new Error("no row to draw");
  return shown as Figure & { readonly layout: LedgerLayout };
}

describe("the rows of the ledger", () => {
  it("put published, replicated and ported of one claim side by side", () => {
    const replicated: Verdict = {
      ...holds,
      stack: "replicated: Flask 3.1",
      direction: "opposite",
      ratio: 0.5,
    };
    const [row, ...more] = ledgerRows([holds, replicated]);
    expect(more).toEqual([]);
    expect(row?.marks.map(({ kind }) => kind)).toEqual(["published", "replicated", "ported"]);
    expect(row?.words).toBe("replicated: the opposite holds; ported: holds");
  });

  it("write the names of their arms as they are written", () => {
    const [one, two] = ledgerRows([
      { ...holds, first: "grpc", second: "function" },
      { ...holds, claim: "b", first: "function", second: "grpc" },
    ]);
    expect([one?.arms, two?.arms]).toEqual(["gRPC ÷ function call", "Function call ÷ gRPC"]);
  });

  it("say of a claim what it names, and that other arms say otherwise", () => {
    const other: Verdict = { ...holds, first: "another", direction: "opposite", ratio: 0.5 };
    const [row, ...more] = ledgerRows([holds, other]);
    expect(more).toEqual([]);
    expect(row?.words).toBe("holds; differs by condition");
    expect(row?.marks.filter(({ kind }) => kind !== "published")).toMatchObject([{ ratio: holds.ratio }]);
  });

  it("turn a count or a rate over, so that right of 1 speaks for the second arm", () => {
    const verdict: Verdict = { ...holds, metric: "rate", published: 0.5, ratio: 0.25, low: 0.2, high: 0.4 };
    expect(ledgerRows([verdict])[0]?.marks).toMatchObject([
      { kind: "published", at: 2, low: 2, high: 2, ratio: 0.5, verdict: "" },
      { kind: "ported", at: 4, low: 2.5, high: 5, ratio: 0.25, verdict: "holds" },
    ]);
  });

  it("leave out a claim without any number", () => {
    expect(ledgerRows([{ ...untested, published: null }])).toEqual([]);
    expect(ratioLedger([{ ...untested, published: null }])).toBeNull();
  });
});

describe("the picture of the ledger", () => {
  it.each([5, 30])("has 1 in its middle and a row and a verdict for each of %d claims", (count) => {
    const verdicts = sampleVerdicts(count);
    const { xaxis, annotations } = drawn(verdicts).layout;
    expect(xaxis.range[0]).toBe(-xaxis.range[1]);
    expect(annotations.filter(({ text }) => text.startsWith("<b>"))).toHaveLength(
      verdicts.filter(({ published, ratio }) => published !== null || ratio !== null).length,
    );
  });

  it("puts a giant at the edge with its number instead of flattening the rest", () => {
    const shown = drawn([
      { ...holds, published: 29_269 },
      { ...holds, claim: "b" },
    ]);
    const published = shown.data.find(({ name }) => name === "published");
    const { x, text } = published as { x?: number[]; text?: string[] };
    expect(Math.log10(x?.[0] ?? Number.NaN)).toBeLessThan(shown.layout.xaxis.range[1]);
    expect(text?.[0]).toContain("29\u202f300×");
    expect(shown.table.rows[0]).toContain(29_269);
  });

  it("tabulates every mark that it draws", () => {
    const shown = drawn(sampleVerdicts(10));
    expect(shown.table.rows).toHaveLength(shown.data.flatMap(({ x }) => x).length);
    expect(JSON.parse(JSON.stringify(shown.data))).toEqual(shown.data);
  });

  it("names the sides only when they are the same in all rows", () => {
    const notes = (verdicts: readonly Verdict[]): string => JSON.stringify(drawn(verdicts).layout);
    expect(notes([holds])).toContain("gRPC faster");
    expect(notes([holds, { ...holds, claim: "b", second: "function" }])).toContain("second arm faster");
  });

  it("hands hostile text to Plotly as text", () => {
    const { data, layout, narrow } = drawn([{ ...holds, statement: HOSTILE, first: HOSTILE }]);
    expect(JSON.stringify([data, layout, narrow])).not.toMatch(/<img|<script/);
  });
});

describe("ticks and lines", () => {
  it.each([
    [0.05, 3, 9, [0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 3]],
    [0.001, 100_000, 5, [0.01, 1, 100, 10_000]],
    [0.101, 0.149, 6, [0.11, 0.12, 0.13, 0.14]],
  ])("from %d to %d are at most %d and round", (low, high, most, ticks) => {
    expect(logTicks(low, high, most)).toEqual(ticks);
  });

  it("break at spaces, and cut a word that is too long", () => {
    expect(wrapLines("a longer sentence", 8)).toEqual(["a longer", "sentence"]);
    expect(wrapLines("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
  });
});
