import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../stats/random.js";
import { type Rounding, soundChain, soundLoad, soundPaths } from "../testing/sound-tables.js";
import { auditTables } from "./audit.js";
import type { AuditInput } from "./table.js";

const own = {
  rounding: fc.constantFrom<Rounding>("full", "three digits", "whole ms", "locust"),
  ownMs: fc.double({ min: 0.1, max: 300, noNaN: true }),
  spread: fc.double({ min: 0, max: 1, noNaN: true }),
};
const seed = fc.nat(1e6);

/** Each law that the kind of table can be held to was applied, and none was broken. */
function isSound(table: AuditInput, laws: RegExp): void {
  const { findings, laws: applied } = auditTables([table]);
  expect(findings).toEqual([]);
  for (const { law, checked } of applied) if (laws.test(law)) expect([law, checked]).not.toEqual([law, 0]);
}

test("chains that were simulated break no law, however they are rounded", () => {
  const chain = fc.record({ ...own, calls: fc.integer({ min: 1, max: 300 }) });
  fc.assert(
    fc.property(chain, seed, (setting, from) =>
      isSound(soundChain(setting, createRandom(from)), /rate$|chain$|percentiles|spread/),
    ),
    { numRuns: 150, seed: 1 },
  );
});

test("closed loads with ramps and pauses break no law", () => {
  const load = fc.record({
    ...own,
    ownMs: fc.double({ min: 5, max: 3000, noNaN: true }),
    users: fc.integer({ min: 1, max: 60 }),
    durationS: fc.integer({ min: 5, max: 20 }),
    rampShare: fc.double({ min: 0, max: 0.9, noNaN: true }),
    inSteps: fc.boolean(),
    thinkS: fc.constantFrom<readonly [number, number]>([0, 0], [0.5, 0.5], [1, 2], [5, 30]),
    finishes: fc.boolean(),
    failing: fc.double({ min: 0, max: 0.03, noNaN: true }),
  });
  fc.assert(
    fc.property(load, seed, (setting, from) =>
      isSound(soundLoad(setting, createRandom(from)), /ramp × run time|successes/),
    ),
    { numRuns: 150, seed: 1 },
  );
});

test("calls over paths of any length break no law", () => {
  const paths = fc.record({
    ...own,
    ownMs: fc.double({ min: 0.1, max: 50, noNaN: true }),
    calls: fc.integer({ min: 30, max: 200 }),
    roundTripMs: fc.double({ min: 0.2, max: 150, noNaN: true }),
    jitter: fc.double({ min: 0, max: 0.1, noNaN: true }),
    payloadBytes: fc.integer({ min: 1, max: 2_000_000 }),
    windowBytes: fc.constantFrom(65_535, 1_048_576, 8_000_000),
  });
  fc.assert(
    fc.property(paths, seed, (setting, from) =>
      isSound(soundPaths(setting, createRandom(from)), /one round trip$|windows/),
    ),
    { numRuns: 150, seed: 1 },
  );
});
