import { describe, expect, it } from "vitest";
import type { Crossing } from "../../stats/curves/crossing.js";
import { createRandom } from "../../stats/random.js";
import type { Effect } from "../../verdicts/effects.js";
import { viewOf } from "../display.js";
import { effectFrame } from "../frames/effect-frame.js";
import { HOSTILE } from "../testing/samples.js";
import { effects } from "./effects.js";
import type { PlotlyObject } from "./figure.js";
import { type MapDrawn, type MapRow, whoWins } from "./who-wins.js";

const estimate = (value: number, spread: number) => ({
  value,
  low: value / spread,
  high: value * spread,
  confidence: 0.99,
});

/** Seeded effects of every kind; the last was not measured. */
function sampleEffects(): readonly Effect[] {
  const random = createRandom(5);
  const words = ["a new connection", "a body of 512 KB", "TLS", "16 callers at once", HOSTILE];
  const measured = words.map((each, i): Effect => {
    const effect = estimate(Math.exp((i - 2) * random.next()), 1.02 + 0.5 * random.next());
    const ratio = estimate(0.6 * effect.value, 1.1);
    return { factor: "", words: each, ratio, effect, missing: "", sameBlocks: i === 0, caution: "" };
  });
  const failed = { ratio: null, effect: null, missing: "The run stopped early.", sameBlocks: false };
  return [...measured, { factor: "Node", words: "Node 26", caution: "", ...failed }];
}

const scope = "these processes only" as const;
const found = { baseline: estimate(0.6, 1.1), effects: sampleEffects() };

describe("effects", () => {
  const shown = effects({ ...found, scope }, { source: "data/runs/sample" });

  it("has a mark for each flip that was measured, the largest first, with 1 in the middle", () => {
    const sizes = shown.table.rows.map(([, value]) => Math.abs(Math.log(value as number)));
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes).toHaveLength(5);
    const [low, high] = (shown.layout.xaxis as { range: [number, number] }).range;
    expect(low).toBeCloseTo(-high, 9);
    expect(shown.data[0]?.x).toHaveLength(5);
  });

  it("is the same for the same data, in words too", () => {
    expect(shown.description).toMatchSnapshot();
  });

  it("lets no interval whose digits say nothing take the axis, and no markup through", () => {
    const vast = {
      ...found.effects[0],
      effect: { value: 2, low: 1e-5, high: 1e5, confidence: 0.99 },
    } as Effect;
    const wide = effects({ ...found, effects: [vast], scope }, { source: null });
    expect((wide.layout.xaxis as { range: [number, number] }).range[1]).toBeLessThan(1);
    expect(JSON.stringify([shown.layout, shown.narrow])).not.toContain("<img");
    expect(effects({ ...found, effects: [], scope }, { source: null }).description).toContain("No flip");
  });
});

describe("effectFrame", () => {
  it("has a row for the baseline, each flip and each pair, and says what is missing", () => {
    const interactions = [
      {
        first: "TLS",
        second: "16 callers at once",
        ratio: estimate(1, 1.2),
        interaction: estimate(2, 1.1),
        missing: "",
      },
    ];
    const frame = effectFrame({ ...found, interactions }, { at: "1 KB", scope, notes: ["A note."] });
    expect(frame.shape[0]).toBe(8);
    const text = viewOf(frame)?.text() ?? "";
    expect(text).toMatch(/the baseline +0\.600× +REST/);
    expect(text).toMatch(/TLS, and 16 callers at once .*2\.00×/);
    expect(text).toContain("With Node 26 nothing was measured: The run stopped early.");
    expect(text).toContain("A note.");
  });
});

const sizes = [16, 1024, 65_536].map((value) => ({ tick: `${value} B`, value }));

function row(tick: string, values: readonly (number | null)[], crossing: Crossing | null): MapRow {
  const cells = values.map((value) =>
    value === null ? { ratio: null, missing: HOSTILE } : { ratio: estimate(value, 1.1), missing: "" },
  );
  return { tick, cells, crossing };
}

const drawn: MapDrawn = {
  x: { title: "body size", columns: sizes },
  y: { title: "round trip" },
  rows: [
    row("no link", [0.5, 0.9, 2], { kind: "once", at: 8192, low: 1024, high: Number.POSITIVE_INFINITY }),
    row("1.5 ms", [0.5, 1, 2], { kind: "once", at: 1024, low: 0, high: 2048 }),
    row("35 ms", [null, 0.4, 0.3], { kind: "never", side: "below" }),
    row("70 ms", [0.4, 3, null], { kind: "once", at: 128, low: 64, high: 256 }),
  ],
  sentences: ["What it shows."],
};

describe("whoWins", () => {
  const shown = whoWins(drawn, { source: null });
  const words = (layout: object) =>
    (layout as { annotations: { text: string }[] }).annotations.map(({ text }) => text);

  it("says in every cell who wins, that it is undecided, or that it failed", () => {
    expect(words(shown.layout)).toEqual([
      ...["REST<br>2.00×", "undecided", "gRPC<br>2.00×"],
      ...["REST<br>2.00×", "undecided", "gRPC<br>2.00×"],
      ...["failed", "REST<br>2.50×", "REST<br>3.33×"],
      ...["REST<br>2.50×", "gRPC<br>3.00×", "failed"],
    ]);
    expect(words(shown.narrow)).toContain("?");
    expect(shown.table.rows[6]?.at(-1)).toBe(HOSTILE);
  });

  it("draws the line by the logarithm of x, broken where a row has no crossing, its open ends at the edge", () => {
    const line = shown.data.at(-1) as PlotlyObject;
    expect(line.x).toEqual([1.5, 1, null, expect.closeTo(0.5, 9)]);
    const { array, arrayminus } = line.error_x as { array: number[]; arrayminus: number[] };
    expect(array[0]).toBe(1);
    expect(arrayminus[1]).toBe(1.5);
    const bands = shown.data.filter(({ fill }) => fill === "toself");
    expect(bands.map(({ y }) => y)).toEqual([[0, 1, 1, 0]]);
  });

  it("holds only what JSON can hold, and no markup of others", () => {
    const { data, layout, narrow, table } = shown;
    const all = { data, layout, narrow, table };
    expect(JSON.parse(JSON.stringify(all))).toEqual(all);
    expect(JSON.stringify([data, layout, narrow])).not.toContain("<img");
  });

  it("draws no line where nothing crosses", () => {
    const none = whoWins({ ...drawn, rows: drawn.rows.slice(2, 3) }, { source: null });
    expect(none.data).toHaveLength(1);
  });
});
