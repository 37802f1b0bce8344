import fc from "fast-check";
import { expect, test } from "vitest";
import { createRandom } from "../../stats/random.js";
import { Bottleneck } from "./bottleneck.js";
import { Flow, type Piece } from "./flow.js";
import { initialWindowBytes, transferMs } from "./formula.js";
import { idleShape, type Shape } from "./options.js";

interface Offer {
  readonly atMs: number;
  readonly bytes: number;
}

function flowOf(shape: Shape, openAtMs = 0): Flow {
  return new Flow({
    shape,
    bottleneck: new Bottleneck(shape.bandwidthMbps),
    random: createRandom(shape.seed),
    openAtMs,
  });
}

/** All that comes of `offers` and an end, when somebody looks `lateMs()` after each time at which there is something to do. */
function run(flow: Flow, offers: readonly Offer[], lateMs: () => number = () => 0): Piece[] {
  const pieces: Piece[] = [];
  let nowMs = 0;
  const lookUntil = (endMs: number) => {
    while (flow.nextMs < endMs) {
      nowMs = Math.min(endMs, Math.max(nowMs, flow.nextMs) + lateMs());
      pieces.push(...flow.advance(nowMs));
    }
  };
  for (const { atMs, bytes } of offers) {
    lookUntil(atMs);
    flow.offer(atMs, bytes);
  }
  flow.offerEnd(offers.at(-1)?.atMs ?? 0);
  lookUntil(Number.POSITIVE_INFINITY);
  return pieces;
}

const shapes: fc.Arbitrary<Shape> = fc
  .record({
    roundTripMs: fc.double({ min: 0.01, max: 200, noNaN: true }),
    jitterShare: fc.constantFrom(0, 0.1, 1),
    bandwidthMbps: fc.constantFrom(null, 1, 100, 10_000),
    slowStart: fc.boolean(),
    slowStartAfterIdle: fc.boolean(),
    stalls: fc.constantFrom(null, { perMegabyte: 5, stallMs: 30 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
  })
  .map(({ jitterShare, ...shape }) => ({ ...shape, jitterMs: jitterShare * shape.roundTripMs }));

const offersArbitrary: fc.Arbitrary<Offer[]> = fc
  .array(fc.record({ gapMs: fc.constantFrom(0, 0.1, 5, 500), bytes: fc.integer({ min: 1, max: 200_000 }) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((gaps) => {
    let atMs = 0;
    return gaps.map(({ gapMs, bytes }) => {
      atMs += gapMs;
      return { atMs, bytes };
    });
  });

const total = (parts: readonly { readonly bytes: number }[]) => parts.reduce((sum, it) => sum + it.bytes, 0);

/** When the byte at `position` was offered. */
function offeredAt(offers: readonly Offer[], position: number): number {
  let before = 0;
  for (const { atMs, bytes } of offers) {
    before += bytes;
    if (position < before) return atMs;
  }
  return offers.at(-1)?.atMs ?? 0;
}

test("all bytes come, then the end, in order, and none before its time", () => {
  fc.assert(
    fc.property(shapes, offersArbitrary, fc.constantFrom(0, 50), (shape, offers, openAtMs) => {
      const pieces = run(flowOf(shape, openAtMs), offers);
      expect(total(pieces)).toBe(total(offers));
      expect(pieces.findIndex(({ bytes }) => bytes === 0)).toBe(pieces.length - 1);
      let position = 0;
      let last = { sentAtMs: 0, dueAtMs: 0 };
      for (const piece of pieces) {
        expect(piece.sentAtMs).toBeGreaterThanOrEqual(
          Math.max(openAtMs, last.sentAtMs, offeredAt(offers, position)),
        );
        const soonest = piece.sentAtMs + (shape.roundTripMs - shape.jitterMs) / 2;
        expect(piece.dueAtMs).toBeGreaterThanOrEqual(Math.max(last.dueAtMs, soonest - 1e-9));
        position += piece.bytes;
        last = piece;
      }
    }),
  );
});

test("never more is under way than the first window and what has been acknowledged", () => {
  fc.assert(
    fc.property(shapes, offersArbitrary, (shape, offers) => {
      const pieces = run(flowOf({ ...shape, slowStart: true }), offers);
      for (const [index, { sentAtMs }] of pieces.entries()) {
        const sent = pieces.slice(0, index + 1);
        const acknowledged = sent.filter((it) => it.dueAtMs + shape.roundTripMs / 2 <= sentAtMs);
        expect(total(sent) - total(acknowledged)).toBeLessThanOrEqual(
          initialWindowBytes + total(acknowledged),
        );
      }
    }),
  );
});

test("never more passes than the bandwidth lets through", () => {
  fc.assert(
    fc.property(offersArbitrary, (offers) => {
      const pieces = run(flowOf({ ...idleShape, bandwidthMbps: 10 }), offers);
      const [first] = pieces;
      const tookMs = (pieces.at(-1)?.dueAtMs ?? 0) - (first?.sentAtMs ?? 0);
      expect(tookMs).toBeGreaterThanOrEqual((total(offers) * 8) / 10_000 - 1e-6);
    }),
  );
});

test("a caller that looks late shifts nothing", () => {
  fc.assert(
    fc.property(shapes, offersArbitrary, fc.integer({ min: 0, max: 1e6 }), (shape, offers, seed) => {
      const random = createRandom(seed);
      const late = run(flowOf(shape), offers, () => random.next() * 20);
      expect(late).toEqual(run(flowOf(shape), offers));
    }),
  );
});

test.each([null, 1, 10, 100, 1000])(
  "a transfer at %s Mbit/s takes what the formula says",
  (bandwidthMbps) => {
    for (const roundTripMs of [1.489, 35.594]) {
      for (const bytes of [1, 14_600, 14_601, 100_000, 1_580_000]) {
        const pieces = run(flowOf({ ...idleShape, roundTripMs, bandwidthMbps }), [{ atMs: 0, bytes }]);
        const formula = transferMs({ bytes, roundTripMs, bandwidthMbps });
        // An acknowledgement is for a whole piece, the formula's for its first byte: a piece's time a round trip.
        const pieceMs = bandwidthMbps === null ? 0 : Math.max(0.1, 11.68 / bandwidthMbps);
        const tookMs = pieces.at(-1)?.dueAtMs ?? 0;
        expect(tookMs).toBeGreaterThanOrEqual(formula - 1e-9);
        expect(tookMs).toBeLessThanOrEqual(formula + 8 * pieceMs + 1e-9);
      }
    }
  },
);

test("connections share the bandwidth of their direction", () => {
  const bottleneck = new Bottleneck(10);
  const shape = { ...idleShape, slowStart: false, bandwidthMbps: 10 };
  const flows = [1, 2].map(
    (seed) => new Flow({ shape, bottleneck, random: createRandom(seed), openAtMs: 0 }),
  );
  for (const flow of flows) flow.offer(0, 10_000);
  const [first, second] = flows.map((flow) => flow.advance(0).at(-1)?.dueAtMs);
  expect(first).toBeCloseTo(8, 9);
  expect(second).toBeCloseTo(16, 9);
});

test("stalls come about as often as asked for, the same for the same seed, and hold up what is behind", () => {
  const shape = { ...idleShape, slowStart: false, stalls: { perMegabyte: 1, stallMs: 1000 }, seed: 7 };
  const offers = Array.from({ length: 20_000 }, (_, index) => ({ atMs: 2 * index, bytes: 10_000 }));
  const pieces = run(flowOf(shape), offers);
  expect(run(flowOf(shape), offers)).toEqual(pieces);
  const stalls = pieces.filter(({ sentAtMs, dueAtMs }) => dueAtMs - sentAtMs === 1000).length;
  // Poisson with mean 200.
  expect(stalls).toBeGreaterThan(150);
  expect(stalls).toBeLessThan(250);
});

test("a reset comes after what is under way and drops what waits", () => {
  const flow = flowOf({ ...idleShape, roundTripMs: 10 });
  flow.offer(0, 20_000);
  expect(flow.advance(0)).toEqual([{ bytes: 14_600, sentAtMs: 0, dueAtMs: 5 }]);
  expect(flow.cut(1)).toBe(6);
  expect(flow.nextMs).toBe(Number.POSITIVE_INFINITY);
  expect(flow.advance(100)).toEqual([]);
});
