import { describe, expect, it } from "vitest";
import { shiftOfCalls } from "../../analysis/shift.js";
import { percentile } from "../../stats/percentiles/percentile.js";
import { HOSTILE, PUBLISHED_ROWS, SAMPLE_ARMS, sampleCalls } from "../testing/samples.js";
import { armStyles } from "./arm-style.js";
import { boxes } from "./boxes.js";
import { distribution } from "./distribution.js";
import type { Figure } from "./figure.js";
import { publishedBesideMeasured } from "./published-beside-measured.js";
import { shift } from "./shift.js";
import { timeCourse } from "./time-course.js";

const source = "data/runs/sample";
const calls = sampleCalls();

/** The table as objects by column, for one arm. */
function rowsOf(shown: Figure, arm: string): Record<string, unknown>[] {
  const names = shown.table.columns.map(({ name }) => name);
  const rows = shown.table.rows.map((row) => Object.fromEntries(row.map((cell, i) => [names[i], cell])));
  return rows.filter((row) => row.arm === arm);
}

/** The warm calls of an arm, found the plain way. */
function warm(arm: string): number[] {
  const number = calls.armNames.indexOf(arm);
  const rows = [...calls.arm.keys()].filter((row) => calls.arm[row] === number && calls.warmup[row] === 0);
  return rows.map((row) => calls.durationMs[row] ?? 0).sort((a, b) => a - b);
}

/** Every number of a figure is one that JSON can hold. */
function holdsOnlyJson(shown: Figure): void {
  const { data, layout, narrow, table } = shown;
  const parts = { data, layout, narrow, table };
  expect(JSON.parse(JSON.stringify(parts))).toEqual(parts);
}

describe("the distribution of calls", () => {
  const shown = distribution(calls, { source });

  it("tabulates the percentiles of warm calls", () => {
    const rest = warm("rest");
    expect(rowsOf(shown, "rest")).toEqual([
      expect.objectContaining({ rows: rest.length, p50: percentile(rest, 0.5), p99: percentile(rest, 0.99) }),
    ]);
  });

  it("draws a histogram and a rising curve for each arm but those timed in batches", () => {
    expect(new Set(shown.data.map(({ name }) => name))).toEqual(
      new Set(["rest", "rest-new-connection", "grpc", "grpc-stream"]),
    );
    const curve = shown.data.find(({ name, yaxis }) => name === "grpc" && yaxis === undefined);
    const shares = curve?.y as readonly number[];
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shown.description).toContain("not drawn: function");
  });

  it("holds only what JSON can hold", () => holdsOnlyJson(shown));

  it("is the same value for the same calls", () => {
    const small = sampleCalls({ pairs: 1, blocks: 4, callsPerRound: 5, arms: SAMPLE_ARMS.slice(1, 3) });
    const { rows } = distribution(small, { source }).table;
    expect(distribution(small, { source }).table.rows).toEqual(rows);
    // Six digits: the last ones of exp and cos are the engine's own.
    const rounded = rows.map((row) =>
      row.map((cell) => (typeof cell === "number" ? Number(cell.toPrecision(6)) : cell)),
    );
    expect(rounded).toMatchSnapshot();
  });
});

describe("boxes", () => {
  const shown = boxes(calls, { source });

  it("are drawn from the same quartiles as the table's", () => {
    const box = shown.data.find(({ type, name }) => type === "box" && name === "grpc");
    const grpc = warm("grpc");
    expect([box?.lowerfence, box?.q1, box?.median, box?.q3, box?.upperfence]).toEqual(
      [0.01, 0.25, 0.5, 0.75, 0.99].map((p) => [percentile(grpc, p)]),
    );
    expect(rowsOf(shown, "grpc")).toEqual([
      expect.objectContaining({ shortest: grpc[0], median: percentile(grpc, 0.5), longest: grpc.at(-1) }),
    ]);
  });

  it("hold only what JSON can hold", () => holdsOnlyJson(shown));
});

describe("the ratio at every decile", () => {
  const arms = { first: "rest", second: "grpc" };
  const shown = shift(
    shiftOfCalls(calls, { host: "child", seed: 1, load: null, loadRounds: [] }, source, arms),
    { source },
  );

  it("is that of the deciles of warm calls, and its sentence says the median's", () => {
    const [first, second] = [warm("rest"), warm("grpc")];
    const ratios = shown.table.rows.map((row) => row[1] as number);
    ratios.forEach((ratio, i) => {
      const p = (i + 1) / 10;
      expect(ratio).toBeCloseTo(percentile(first, p) / percentile(second, p), 10);
    });
    expect(shown.description).toContain(`at the median ${(ratios[4] as number).toPrecision(3)}×`);
  });

  it("says which arm is the longer, whichever way round they are asked for", () => {
    const swapped = shiftOfCalls(calls, { host: "child", seed: 1, load: null, loadRounds: [] }, source, {
      first: "grpc",
      second: "rest",
    });
    for (const { description } of [shown, shift(swapped, { source })]) {
      expect(description).toContain("the one of grpc is the longer");
    }
    expect(JSON.stringify(shown.data)).toMatch(/, \d[^"]* apart/);
  });

  it("has an axis that holds 1 and every ratio", () => {
    const [low, high] = (shown.layout.yaxis as { range: number[] }).range as [number, number];
    for (const row of shown.table.rows) {
      expect(low).toBeLessThan(Math.log10(row[1] as number));
      expect(high).toBeGreaterThan(Math.log10(row[1] as number));
    }
    expect(low < 0 && high > 0).toBe(true);
  });

  it("hands a hostile name to Plotly as text", () => {
    const named = sampleCalls({
      arms: [
        { name: HOSTILE, medianMs: 1 },
        { name: "rest", medianMs: 2 },
      ],
    });
    const difference = shiftOfCalls(named, { host: "child", seed: 1, load: null, loadRounds: [] }, null, {
      first: HOSTILE,
      second: "rest",
    });
    expect(JSON.stringify(shift(difference, { source }).layout)).not.toContain("<img");
  });

  it("holds only what JSON can hold", () => holdsOnlyJson(shown));
});

describe("the course of a run", () => {
  const shown = timeCourse(calls, { source });

  it("counts every successful call once, warm-up included", () => {
    const counted = rowsOf(shown, "rest").reduce((sum, row) => sum + Number(row.calls), 0);
    expect(counted).toBe(3 * 12 * 40);
  });

  it("shades the warm-up of each pair and joins no line across pairs", () => {
    expect(shown.layout.shapes).toHaveLength(3);
    const line = shown.data.find(({ name, mode }) => name === "rest" && mode === "lines+markers");
    expect([line?.y].flat().filter((value) => value === null)).toHaveLength(2);
  });

  it("shows the longest call of all", () => {
    const longest = Math.max(...rowsOf(shown, "grpc").map((row) => Number(row.longest)));
    const own = [...calls.arm.keys()].filter((row) => calls.armNames[calls.arm[row] ?? 0] === "grpc");
    expect(longest).toBe(Math.max(...own.map((row) => calls.durationMs[row] ?? 0)));
  });

  it("has nothing finer of few calls, and does not take the mouse for it", () => {
    expect([shown.finer, shown.layout.dragmode]).toEqual([undefined, undefined]);
  });

  it("has finer slots of many calls, each computed from its own calls, and no more than a page can hold", () => {
    const many = sampleCalls({
      arms: [{ name: "rest", medianMs: 1 }],
      pairs: 1,
      blocks: 4,
      callsPerRound: 5000,
    });
    const { finer = [], layout, description } = timeCourse(many, { source });
    expect(finer.map(({ data }) => [data[1]?.x].flat().length)).toEqual([48, 192]);
    expect(layout.dragmode).toBe("zoom");
    expect(description).toContain("with about 104 calls each");
    const [, medians, longest] = finer.at(-1)?.data ?? [];
    const [fromMs, toMs] = [many.startMs[0] ?? 0, many.startMs.at(-1) ?? 0];
    const width = (toMs - fromMs) / 192;
    const inSlot = (slot: number) =>
      [...many.startMs.keys()]
        .filter((row) => Math.min(191, Math.floor(((many.startMs[row] ?? 0) - fromMs) / width)) === slot)
        .map((row) => many.durationMs[row] ?? 0)
        .sort((a, b) => a - b);
    for (const slot of [0, 100, 191]) {
      expect([medians?.y].flat()[slot]).toBeCloseTo(percentile(inSlot(slot), 0.5), 4);
      expect([longest?.y].flat()[slot]).toBeCloseTo(Math.max(...inSlot(slot)), 4);
    }
  });

  it("holds only what JSON can hold", () => holdsOnlyJson(shown));
});

describe("published beside measured", () => {
  const shown = publishedBesideMeasured(PUBLISHED_ROWS, { source });

  it("keeps every number, and says what was not measured", () => {
    expect(shown.table.rows.map((row) => [row[2], row[3]])).toEqual(
      PUBLISHED_ROWS.map(({ publishedMs, measured }) => [publishedMs, measured?.value ?? null]),
    );
    expect(shown.description).toContain("grpc-stream 2.24\u202fs published, not measured");
  });

  it("holds only what JSON can hold", () => holdsOnlyJson(shown));
});

describe("an interval that reaches over many powers of ten, or below zero", () => {
  it("does not take the axis from the numbers", () => {
    const measured = { value: 1000, low: -1, high: 1e12, confidence: 0.99 };
    const row = { arm: "rest", condition: "chain", metric: "total", publishedMs: 2000, measured, remark: "" };
    const shown = publishedBesideMeasured([row], { source });
    expect((shown.layout.xaxis as { range: number[] }).range).toEqual([Math.log10(60), Math.log10(34_000)]);
  });
});

describe("any figure of a run", () => {
  it("hands a hostile name to Plotly as text", () => {
    const hostile = sampleCalls({ arms: [{ name: HOSTILE, medianMs: 1 }], pairs: 1, blocks: 4 });
    for (const draw of [distribution, boxes, timeCourse]) {
      const named = draw(hostile, { source }).data.map(({ name }) => String(name));
      expect(named.filter((name) => name.includes("<"))).toEqual([]);
    }
  });

  it("tells arms apart without colour", () => {
    const styles = armStyles(SAMPLE_ARMS.map(({ name }) => name));
    expect(new Set(styles.map(({ dash, symbol }) => `${dash} ${symbol}`)).size).toBe(SAMPLE_ARMS.length);
    expect(new Set(styles.map(({ color }) => color)).size).toBe(SAMPLE_ARMS.length);
  });
});
