import { expect, it } from "vitest";
import { madeUpPhases, madeUpPhasesUntold } from "../../analysis/testing/made-up-phases.js";
import { phaseFrame } from "../frames/phase-frame.js";
import { sayPhases } from "./phase-words.js";

const arms = { first: "REST", second: "gRPC" };
const say = (phases = madeUpPhases()) => sayPhases(phases, arms).join("\n").replaceAll("\u202f", " ");

it("says where the time of each call goes, and what differs", () => {
  const said = say();
  expect(said).toMatch(
    /^Of the 100 µs of a watched call over REST, wire out takes 40\.0 µs or 40 % \(handed to/,
  );
  expect(said).toMatch(/Of the 200 µs of a watched call over gRPC, queue takes 80\.0 µs or 40 % /);
  expect(said).not.toMatch(/watched call over REST with a new/);
  expect(said).toMatch(
    /gRPC − REST is \+100 µs \(99 %: .*\); of which queue \+64\.0 µs .*, wire back \+30\.0 µs .*, serialise .*; too small to see here: wire out, handler, deserialise, between\./,
  );
});

it("says what connecting takes, of the first call where later ones do not", () => {
  expect(say()).toMatch(
    /Of a call over REST with a new connection for every call, opening that connection takes 40\.0 µs or 27 %/,
  );
  expect(say()).toMatch(
    /first watched call of a pair over gRPC, .* took 9\.00 ms on average, 2\.00 ms of it to connect/,
  );
});

it("says what watching costs, what the numbers are of, and what is left out", () => {
  expect(say()).toMatch(/REST \+10\.0 µs \(99 %: \+6\.00 to \+14\.0 µs\) on 90\.0 µs;/);
  expect(say()).toMatch(
    /middle half .*; so are calls that failed or were not seen whole, 4 of 104 of gRPC\./,
  );
});

it("says why the way there and back are one", () => {
  expect(say(madeUpPhasesUntold())).toMatch(/The server does not say when its handler began and ended/);
  expect(say(madeUpPhases({ told: "duration" }))).toMatch(/The server's clock is not the client's/);
  expect(say()).not.toMatch(/The server/);
});

it("has a row a phase and one for the whole call", () => {
  const frame = phaseFrame(madeUpPhases());
  const rows = frame.values as (string | number | null)[][];
  expect(rows.map(([phase]) => phase)).toEqual([
    ...["serialise", "queue", "connect", "wire out", "handler", "wire back", "deserialise", "between"],
    "the whole call",
  ]);
  expect(frame.columns).toEqual(
    expect.arrayContaining(["restMs", "restNewConnectionMs", "grpcMs", "grpcLessRestMs"]),
  );
});
