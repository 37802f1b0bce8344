import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { CallInstants } from "../../arms/instants.js";
import { cutCall, phasesWhere, type Told, toldBy } from "./call-phases.js";

const rest: CallInstants = {
  serialise: [1000, 3000],
  connect: [4000, 44_000],
  sent: 50_000,
  handler: [90_000, 100_000],
  received: 150_000,
  deserialise: [155_000, 160_000],
};
/** Its bytes are made, and become an object again, inside other phases. */
const grpc: CallInstants = {
  serialise: [20_000, 25_000],
  connect: [10_000, 40_000],
  sent: 60_000,
  handler: [90_000, 100_000],
  received: 200_000,
  deserialise: [180_000, 190_000],
};

const cut = (instants: CallInstants, told: Told, durationMs = 0.3) =>
  Object.fromEntries(
    [...cutCall({ instants, durationMs }, told)].map(([phase, ms]) => [phase, Math.round(ms * 1e6)]),
  );

it("cuts a call over REST where its events are", () => {
  expect(cut(rest, "instants")).toEqual({
    serialise: 2000,
    queue: 8000,
    connect: 40_000,
    "wire out": 40_000,
    handler: 10_000,
    "wire back": 50_000,
    deserialise: 5000,
    between: 145_000,
  });
});

it("takes the codec of gRPC out of the phases that it lies in", () => {
  expect(cut(grpc, "instants")).toEqual({
    serialise: 5000,
    queue: 30_000,
    connect: 25_000,
    "wire out": 30_000,
    handler: 10_000,
    "wire back": 90_000,
    deserialise: 10_000,
    between: 100_000,
  });
});

it("has one phase for what it is not told apart", () => {
  expect(cut(rest, "duration")).toMatchObject({ handler: 10_000, wire: 90_000 });
  expect(cut({ ...rest, handler: null }, "nothing")).toMatchObject({ "wire and server": 100_000 });
});

it.each([
  ["both ends lie inside the call", rest, "instants"],
  ["the handler began before the call was sent", { ...rest, handler: [49_999, 60_000] }, "duration"],
  ["it ended after the answer came", { ...rest, handler: [60_000, 150_001] }, "duration"],
  ["it ended after the answer was used", { ...grpc, handler: [90_000, 180_001] }, "duration"],
  ["it ended before it began", { ...rest, handler: [70_000, 60_000] }, "duration"],
  ["the server says nothing", { ...rest, handler: null }, "nothing"],
] as const)("is told as much as is known where %s", (_, instants, told) => {
  const call = (of: CallInstants) => ({ instants: of, durationMs: 0.3 });
  expect(toldBy([call(rest), call(instants)])).toBe(told);
});

it("adds up to the call's duration, whatever happened when", () => {
  const moments = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 11, maxLength: 11 });
  const tolds = fc.constantFrom<Told>("instants", "duration", "nothing");
  const property = fc.property(moments, fc.boolean(), fc.boolean(), tolds, (drawn, connects, late, told) => {
    const sorted = drawn.toSorted((a, b) => a - b);
    const at = (moment: number) => sorted[moment] as number;
    const instants: CallInstants = {
      serialise: [at(0), at(1)],
      connect: connects ? [at(2), at(3)] : null,
      sent: at(4),
      handler: [at(5), at(6)],
      received: late ? at(9) : at(7),
      deserialise: late ? [at(7), at(8)] : [at(8), at(9)],
    };
    const durationMs = at(10) / 1e6;
    const phases = cutCall({ instants, durationMs }, told);
    expect([...phases.keys()]).toEqual(phasesWhere(told));
    for (const ms of phases.values()) expect(ms).toBeGreaterThanOrEqual(-1e-9);
    expect([...phases.values()].reduce((total, ms) => total + ms, 0)).toBeCloseTo(durationMs, 9);
  });
  fc.assert(property);
});
