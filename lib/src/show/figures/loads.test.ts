import { describe, expect, it } from "vitest";
import { listenerRows } from "../../analysis/loads/listener.js";
import type { LoadCalls } from "../../analysis/loads/load-calls.js";
import { sampleLoadCalls, sampleSeries } from "../testing/loads.js";
import { HOSTILE } from "../testing/samples.js";
import { callByCall } from "./call-by-call.js";
import { cumulativeMean } from "./cumulative-mean.js";
import type { Figure } from "./figure.js";
import { loadSeries } from "./load-series.js";

const source = "data/runs/sample";
const arms = ["rest", "grpc"];

/** Every number of a figure is one that JSON can hold. */
function holdsOnlyJson({ data, layout, narrow, table }: Figure): void {
  const parts = { data, layout, narrow, table };
  expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
}

/** The table's rows as objects by column. */
function rowsOf({ table }: Figure): Record<string, unknown>[] {
  const names = table.columns.map(({ name }) => name);
  return table.rows.map((row) => Object.fromEntries(row.map((cell, i) => [names[i], cell])));
}

describe("a load second by second", () => {
  const shown = loadSeries(sampleSeries(arms, { rounds: 2 }), { source, runTimeMs: 5000 });

  it("is tabulated as it is, a row a second of every round", () => {
    expect(shown.table.rows).toHaveLength(2 * 2 * 6);
    expect(rowsOf(shown)[2]).toMatchObject({ arm: "rest", round: 1, second: 2, succeeded: 101, failed: 143 });
    expect(shown.table.rows.slice(0, 7)).toMatchSnapshot();
  });

  it("has its panels above each other on one time axis, the chosen ones in the chosen order", () => {
    const chosen = loadSeries(sampleSeries(arms), {
      source,
      runTimeMs: 6000,
      panels: ["times", "loop", "calls"],
    });
    const headings = (chosen.layout.annotations as { text: string }[]).map(({ text }) => text);
    expect(headings).toEqual([
      "Time of a call: median, thin: p99",
      "Client's event loop in use",
      "Calls that succeeded, a second",
    ]);
    const domains = ["yaxis", "yaxis2", "yaxis3"].map(
      (axis) => (chosen.layout[axis] as { domain: [number, number] }).domain,
    );
    const fromBelow = domains.toReversed().flat();
    expect(fromBelow).toEqual(fromBelow.toSorted((low, high) => low - high));
    expect(chosen.data.some(({ xaxis }) => xaxis !== undefined)).toBe(false);
    expect(chosen.layout.shapes).toEqual([]);
  });

  it("names an arm once, however many rounds and panels it is drawn in", () => {
    const named = shown.data.filter(({ mode, showlegend }) => mode === "lines" && showlegend === true);
    expect(named.map(({ name }) => name)).toEqual(arms);
  });

  it("marks failed calls by their code, within the axis", () => {
    const marks = shown.data.filter(({ mode }) => mode === "markers");
    expect(marks.map(({ name }) => name)).toEqual([
      "rest, failed: TIMEOUT",
      "rest, failed: ECONNRESET",
      "grpc, failed: TIMEOUT",
      "grpc, failed: ECONNRESET",
    ]);
    expect(marks[1]).toMatchObject({ x: [2.5, 2.5], y: [140, 140] });
    const [, top] = (shown.layout.yaxis as { range: [number, number] }).range;
    expect(top).toBeGreaterThan(140);
  });

  it("leaves out what nobody knows, and says so", () => {
    const chosen = loadSeries(sampleSeries(arms), { source, runTimeMs: 6000, panels: ["calls", "memory"] });
    expect(chosen.layout.annotations).toHaveLength(1);
    expect(chosen.description).toContain("Not known and not drawn: memory.");
  });

  it("shades what came after the run time", () => {
    expect(shown.layout.shapes).toMatchObject([{ x0: 5, x1: 6 }]);
  });

  it("has no zero on a logarithmic axis", () => {
    const due = loadSeries(sampleSeries(arms), { source, runTimeMs: 6000, panels: ["due"] });
    expect(due.data[1]?.y).toEqual([null, 2, 2, 2, 2, 2]);
    holdsOnlyJson(due);
  });

  it("holds only what JSON can hold", () => holdsOnlyJson(shown));
});

describe("call by call", () => {
  const [rest] = sampleLoadCalls(arms, 5000) as readonly [LoadCalls];
  const ok = rest.calls.filter((call) => call.ok).map(({ durationMs }) => durationMs);

  it("draws every call of few", () => {
    const few = { ...rest, calls: rest.calls.slice(0, 1000) };
    const shown = callByCall([few], { source });
    const [{ x, y }] = shown.data as unknown as readonly [{ x: number[]; y: number[] }];
    const drawn = x.map((number, i) => [number, y[i]] as const);
    expect(drawn.sort(([a], [b]) => a - b)).toEqual(ok.slice(0, 980).map((ms, i) => [i + 1, ms]));
    expect(shown.description).toContain("20 failed and are not drawn. Every call is drawn.");
  });

  it("draws of many those of which no neighbour is longer or shorter, each at its place", () => {
    const shown = callByCall([rest], { source });
    const [{ x, y }] = shown.data as unknown as readonly [{ x: number[]; y: number[] }];
    expect(x.length).toBeLessThanOrEqual(1200);
    x.forEach((number, i) => {
      expect(y[i]).toBe(ok[number - 1]);
    });
    expect(Math.max(...y)).toBe(Math.max(...ok));
    expect(Math.min(...y)).toBe(Math.min(...ok));
    expect(shown.description).toContain(
      "Of every 13 neighbours the shortest, the median and the longest are drawn.",
    );
    const groups = rowsOf(shown);
    expect(groups.at(-1)).toMatchObject({ "to call": ok.length });
    for (const group of groups) {
      const own = ok.slice(Number(group["from call"]) - 1, Number(group["to call"]));
      expect([group.shortest, group.longest]).toEqual([Math.min(...own), Math.max(...own)]);
    }
  });

  it("says of an arm of which no call succeeded that none did", () => {
    const failed = { arm: "grpc", pair: 0, block: 2, calls: [{ endMs: 1, durationMs: 1, ok: false }] };
    const shown = callByCall([rest, failed], { source });
    expect(shown.description).toContain("grpc: none of 1 calls succeeded");
    holdsOnlyJson(shown);
  });
});

describe("the average since the begin", () => {
  const rounds = sampleLoadCalls(arms, 4000);
  const shown = cumulativeMean(rounds, { source });

  it("is that of the post's listener, and that of a second is its calls' alone", () => {
    const [rest] = rounds as readonly [LoadCalls];
    const since = rowsOf(shown).filter(({ arm, average }) => arm === "rest" && average === "since the begin");
    expect(since.map(({ value }) => value)).toEqual(listenerRows(rest.calls).map(({ meanMs }) => meanMs));
    const own = rowsOf(shown).filter(({ arm, average }) => arm === "rest" && average === "of the second");
    const third = rest.calls.filter(({ endMs, ok }) => ok && endMs >= 2000 && endMs < 3000);
    const sum = third.reduce((total, { durationMs }) => total + durationMs, 0);
    expect(own[2]).toMatchObject({ at: 2.5, value: expect.closeTo(sum / third.length, 9) });
  });

  it("carries a slow begin along, and the sentence says so", () => {
    const [ended, middle] = [/([\d.]+)\u202fms since the begin/, /([\d.]+)\u202fms in its middle second/].map(
      (pattern) => Number(shown.description.match(pattern)?.[1]),
    ) as [number, number];
    expect(ended).toBeGreaterThan(1.4 * middle);
    expect(shown.description).toMatchSnapshot();
  });

  it("holds only what JSON can hold", () => holdsOnlyJson(shown));
});

it("hands a hostile name to Plotly as text", () => {
  const drawn = [
    loadSeries(sampleSeries([HOSTILE]), { source, runTimeMs: 6000 }),
    callByCall(sampleLoadCalls([HOSTILE], 100), { source }),
    cumulativeMean(sampleLoadCalls([HOSTILE], 1000), { source }),
  ];
  for (const { data } of drawn) {
    expect(data.length).toBeGreaterThan(0);
    expect(data.filter(({ name }) => String(name).includes("<"))).toEqual([]);
  }
});
