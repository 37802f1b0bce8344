import { describe, expect, it, test } from "vitest";
import { loadSchema } from "../record/load-info.js";
import { checkedLoad, closedLoad, openLoad, steps } from "./load-choice.js";

const closed = { users: 3, runTimeMs: 1000 };
const open = { callsPerSecond: 10, runTimeMs: 1000 };

/** What the option must be, in one sentence that names it and what was given. */
function refusal(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    expect(error).toMatchObject({ name: "WirelabError", code: "usage" });
    return (error as Error).message;
  }
  throw new Error("it was taken");
}

const wrong = [0, -1, Number.NaN, Infinity, 1e12, "7"] as unknown as readonly number[];

describe("a closed load", () => {
  it("pauses not at all, a time, or between two, and starts all users at once or at a rate", () => {
    expect(closedLoad(closed)).toEqual({
      kind: "closed",
      users: 3,
      spawnPerSecond: null,
      thinkMs: [0, 0],
      runTimeMs: 1000,
    });
    expect(closedLoad({ ...closed, thinkMs: 20, spawnPerSecond: 0.5 })).toMatchObject({
      thinkMs: [20, 20],
      spawnPerSecond: 0.5,
    });
    expect(closedLoad({ ...closed, thinkMs: [10, 20] })).toMatchObject({ thinkMs: [10, 20] });
  });

  it.each([...wrong, 1.5, 65_536])("refuses %s users", (users) => {
    expect(refusal(() => closedLoad({ ...closed, users }))).toMatch(/^users must be .*, not .+\.$/);
  });

  it.each(wrong)("refuses a run time and a spawn rate of %s", (value) => {
    expect(refusal(() => closedLoad({ ...closed, runTimeMs: value }))).toBe(
      `runTimeMs must be above 0 and at most 86400000, not ${value}.`,
    );
    expect(refusal(() => closedLoad({ ...closed, spawnPerSecond: value }))).toBe(
      `spawnPerSecond must be above 0 and at most 1000000, not ${value}.`,
    );
  });

  it.each([-1, Number.NaN, Infinity, [5, 1], [0, Number.NaN], [1], "12", null])(
    "refuses pauses of %j",
    (value) => {
      const thinkMs = value as number;
      expect(refusal(() => closedLoad({ ...closed, thinkMs }))).toMatch(
        /^(the longest )?thinkMs must be from \d+ to 86400000, not .+\.$/,
      );
    },
  );
});

describe("an open load", () => {
  it("has one rate, or stages", () => {
    const constant = { fromPerSecond: 10, toPerSecond: 10, durationMs: 1000 };
    expect(openLoad(open)).toEqual({ kind: "open", stages: [constant], spacing: "even", users: 100 });
    expect(openLoad({ stages: steps([10, 20], { eachMs: 1000 }), users: 5, spacing: "poisson" })).toEqual({
      kind: "open",
      stages: [constant, { fromPerSecond: 20, toPerSecond: 20, durationMs: 1000 }],
      spacing: "poisson",
      users: 5,
    });
  });

  it.each(wrong)("refuses a rate and a run time of %s", (value) => {
    expect(refusal(() => openLoad({ ...open, callsPerSecond: value }))).toBe(
      `callsPerSecond must be above 0 and at most 1000000, not ${value}.`,
    );
    expect(refusal(() => openLoad({ ...open, runTimeMs: value }))).toMatch(/^runTimeMs must be above 0/);
  });

  it("takes stages that begin or end at 0, but not without any call", () => {
    const ramp = { fromPerSecond: 0, toPerSecond: 10, durationMs: 100 };
    expect(openLoad({ stages: [ramp] }).stages).toEqual([ramp]);
    for (const stages of [[], [{ ...ramp, toPerSecond: 0 }]]) {
      expect(refusal(() => openLoad({ stages }))).toBe("An open load needs a stage with a rate above 0.");
    }
  });

  it.each([
    [{ fromPerSecond: -1 }, "fromPerSecond must be from 0 to 1000000, not -1."],
    [{ toPerSecond: Number.NaN }, "toPerSecond must be from 0 to 1000000, not NaN."],
    [{ toPerSecond: 1e7 }, "toPerSecond must be from 0 to 1000000, not 10000000."],
    [{ durationMs: 0 }, "durationMs must be above 0 and at most 86400000, not 0."],
  ])("refuses a stage with %j", (change, sentence) => {
    const stage = { fromPerSecond: 1, toPerSecond: 10, durationMs: 100, ...change };
    expect(refusal(() => openLoad({ stages: [stage] }))).toBe(sentence);
  });

  it("refuses stages that together are longer than a day, and more calls than the record can number", () => {
    const day = { fromPerSecond: 1, toPerSecond: 1, durationMs: 86_400_000 };
    expect(refusal(() => openLoad({ stages: [day, day] }))).toBe(
      "durationMs of all stages together must be above 0 and at most 86400000, not 172800000.",
    );
    expect(refusal(() => openLoad({ callsPerSecond: 1e6, runTimeMs: 86_400_000 }))).toMatch(
      /^The calls of an open load together must be above 0 and at most 4294967295, not 86400000000\.$/,
    );
  });

  it("refuses a spacing that it does not know", () => {
    expect(refusal(() => openLoad({ ...open, spacing: "random" as "even" }))).toBe(
      "spacing must be even or poisson, not random.",
    );
  });
});

test("a load that came from elsewhere is held to the same, and goes into run.json as it is", () => {
  for (const load of [closedLoad({ ...closed, thinkMs: [1, 2], spawnPerSecond: 3 }), openLoad(open)]) {
    expect(checkedLoad(load)).toEqual(load);
    expect(loadSchema.parse(load)).toEqual(load);
  }
  expect(refusal(() => checkedLoad({ ...closedLoad(closed), users: 0 }))).toMatch(/^users must be/);
  expect(refusal(() => checkedLoad({ ...openLoad(open), users: 0.5 }))).toMatch(/^users must be/);
  expect(refusal(() => checkedLoad({ kind: "both" } as never))).toBe(
    "A load is made by closedLoad or openLoad, and has no kind both.",
  );
});
