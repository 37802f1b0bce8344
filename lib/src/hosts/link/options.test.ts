import { expect, test } from "vitest";
import { describeLink } from "./describe.js";
import { isIdle, shapeOf } from "./options.js";

test("a link says that it is a model, and of what", () => {
  expect(describeLink({ roundTripMs: 35.594 })).toBe(
    "a link of 35.594 ms round trip, modelled in user space: handshake, slow start from 14,600 bytes, no loss",
  );
  const all = {
    roundTripMs: 5,
    jitterMs: 1,
    bandwidthMbps: 100,
    slowStart: false,
    stalls: { perMegabyte: 0.5, stallMs: 200 },
  };
  expect(describeLink(all)).toBe(
    "a link of 5 ms ± 1 ms round trip, modelled in user space: handshake, no slow start, 100 Mbit/s each way, loss as stalls of 200 ms, 0.5 a megabyte",
  );
  expect(describeLink({ roundTripMs: 0 })).toBe("a link that adds nothing on purpose, in user space");
});

test("a link is idle only when nothing at all is to be done to its bytes", () => {
  expect(isIdle(shapeOf({ roundTripMs: 0 }))).toBe(true);
  expect(isIdle(shapeOf({ roundTripMs: 0.001 }))).toBe(false);
  expect(isIdle(shapeOf({ roundTripMs: 0, bandwidthMbps: 1000 }))).toBe(false);
  expect(isIdle(shapeOf({ roundTripMs: 0, stalls: { perMegabyte: 1, stallMs: 1 } }))).toBe(false);
});

test.each([
  [{ roundTripMs: -1 }, /roundTripMs must be from 0/],
  [{ roundTripMs: Number.NaN }, /roundTripMs/],
  [{ roundTripMs: 1, jitterMs: 2 }, /jitterMs must be from 0 to roundTripMs/],
  [{ roundTripMs: 1, bandwidthMbps: 0 }, /bandwidthMbps must be more than 0, or null/],
  [{ roundTripMs: 1, stalls: { perMegabyte: -1, stallMs: 1 } }, /stalls.perMegabyte/],
  [{ roundTripMs: 1, seed: 0.5 }, /seed must be an integer; it is 0.5/],
])("%o is refused", (options, message) => {
  expect(() => shapeOf(options)).toThrow(message);
});
