import fc from "fast-check";
import { expect, it } from "vitest";
import { totalsOf } from "../stats/ratios/round-metric.js";
import type { ComparedRound, ComparedRounds } from "./compared.js";
import { packRounds } from "./pack.js";
import { unpackRounds } from "./unpack.js";

const anyRound: fc.Arbitrary<ComparedRound> = fc
  .record({
    pair: fc.nat(65_535),
    block: fc.nat(65_535),
    warm: fc.boolean(),
    rows: fc.array(fc.tuple(fc.double(), fc.nat(0xffff_ffff), fc.nat(0xffff)), { maxLength: 30 }),
    elapsedMs: fc.double({ min: 0, noDefaultInfinity: true, noNaN: true }),
    callsPerSecond: fc.oneof(fc.constant(Number.NaN), fc.double({ min: 0, max: 1e6, noNaN: true })),
    noRate: fc.option(fc.string()),
  })
  .map(({ rows, ...round }) => {
    const durationsMs = Float64Array.from(rows, ([duration]) => duration);
    const callsOfRow = Uint32Array.from(rows, ([, calls]) => calls);
    const secondOfRow = Uint16Array.from(rows, ([, , second]) => second);
    return { ...round, durationsMs, callsOfRow, secondOfRow, ...totalsOf(durationsMs, callsOfRow) };
  });

const anyRounds: fc.Arbitrary<ComparedRounds> = fc.record({
  first: fc.array(anyRound, { maxLength: 6 }),
  second: fc.array(anyRound, { maxLength: 6 }),
  seed: fc.integer(),
  fresh: fc.boolean(),
  oneProcess: fc.boolean(),
});

it("reads back from a page's text whatever was written, to the last bit", async () => {
  await fc.assert(
    fc.asyncProperty(anyRounds, async (rounds) => {
      const text = JSON.stringify(packRounds(rounds));
      expect(await unpackRounds(JSON.parse(text))).toEqual(rounds);
    }),
    { seed: 1 },
  );
});

it("takes less than eight bytes a call of durations as a clock makes them", () => {
  const durationsMs = Float64Array.from({ length: 20_000 }, (_, i) => {
    const startMs = 51_234.567_891 + i * 0.131_071;
    return startMs + 0.1 + ((i * 7919) % 1000) / 17_000 - startMs;
  });
  const callsOfRow = new Uint32Array(durationsMs.length).fill(1);
  const secondOfRow = Uint16Array.from(durationsMs, (_, i) => i / 1000);
  const round = { pair: 0, block: 0, warm: true, durationsMs, callsOfRow, secondOfRow, elapsedMs: 1 };
  const first = [{ ...round, ...totalsOf(durationsMs, callsOfRow), callsPerSecond: 1, noRate: null }];
  const { columns } = packRounds({ first, second: [], seed: 1, fresh: true, oneProcess: false });
  expect(columns.length / durationsMs.length).toBeLessThan(8);
});
