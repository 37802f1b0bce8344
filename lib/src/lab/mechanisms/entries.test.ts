import { expect, test } from "vitest";
import { mechanismEntries } from "./entries.js";
import type { Mechanism, Of } from "./mechanism.js";

const here = {
  effort: { pairs: 1, blocks: 2, callsPerRound: 1, roundMs: 100 },
  otherNode: "",
  processors: 4,
};

function named(name: string): Mechanism {
  const made = mechanismEntries.find((entry) => entry.name === name)?.make(here);
  if (made === undefined || "leftOut" in made) throw new Error(`${name} cannot be tried`);
  return made;
}

/** Means that a world would have in which a mechanism is just so. */
function world(numbers: Readonly<Record<string, number>>): Of {
  return (name) => numbers[name] ?? Number.NaN;
}

function said(name: string, of: Of) {
  return named(name).tested.map(({ says }) => says(of));
}

test("a body that waits 13 times by the window of 64 KB waits 7 times by one of 128 KB, and once by one of 1 MB", () => {
  // A wait of 4 ms and 0.5 ms besides.
  const of = world({ own: 3, near: 3 + 13 * 4.5 });
  expect(said("window", of)).toEqual([
    { times: 0, addMs: expect.closeTo(3 + 7 * 10.5, 9) },
    { times: 0, addMs: expect.closeTo(3 + 10.5, 9) },
  ]);
});

test("base64 is a line through two sizes", () => {
  const costMs = (bytes: number) => 0.1 + 2e-6 * bytes;
  const [small, large, whole] = [262_144, 1_048_576, 1_579_934];
  const of = world({
    smallRaw: 1,
    smallBase64: 1 + costMs(small),
    largeRaw: 2,
    largeBase64: 2 + costMs(large),
  });
  expect(said("base64", of)).toEqual([{ times: 1, addMs: expect.closeTo(costMs(whole), 9) }]);
  expect(named("base64").parameters[0]?.value(of)).toBeCloseTo(2, 9);
});

test("grpc-js' own cost is the same whatever a call holds", () => {
  expect(said("grpc-js", world({ grpc: 0.3, http2: 0.2 }))).toEqual([
    { times: 1, addMs: expect.closeTo(0.1, 9) },
  ]);
});

test("two workers answer twice as fast where each connection has one, as far as processors and the client allow", () => {
  const spread = (numbers: Readonly<Record<string, number>>) => said("connections", world(numbers))[1]?.times;
  expect(said("connections", world({ gap: 1, server: 1, client: 0.1 }))[0]).toEqual({ times: 1, addMs: 0 });
  expect(spread({ gap: 1, server: 1, client: 0.1 })).toBe(0.5);
  expect(spread({ gap: 1, server: 1, client: 0.8 })).toBe(0.8);
  expect(spread({ gap: 1, server: 2.3, client: 0.7 })).toBeCloseTo(3 / 4, 9);
});
