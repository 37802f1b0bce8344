import { describe, expect, it, test } from "vitest";
import type { Load } from "../../record/load-info.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import { LoadSums, type LoadSumsRow } from "../../schedule/load-sums.js";
import { spawnAtMs } from "../../schedule/users.js";
import { createRandom } from "../../stats/random.js";
import { checkLaw, type LawRecord } from "./load-laws.js";

const beginMs = 1000;

function roundOf(load: Load, rows: readonly LoadSumsRow[], told: Partial<LawRecord> = {}): LawRecord {
  const sums = new LoadSums({ load, beginMs });
  for (const row of rows) sums.add(row);
  return { arm: "rest", load, tally: sums.tally(), usersStarted: null, notSent: 0, cutShort: false, ...told };
}

const codes = (round: LawRecord) => checkLaw(round).map(({ code }) => code);

/** Calls of users who do just what the load says. */
function usersOf(
  { users, spawnPerSecond, thinkMs: [least, most], runTimeMs }: Extract<Load, { kind: "closed" }>,
  { callMs, seed = 1 }: { callMs: number; seed?: number },
): LoadSumsRow[] {
  const random = createRandom(seed);
  return Array.from({ length: users }, (_, caller) => {
    const rows: LoadSumsRow[] = [];
    let atMs = spawnAtMs(caller, { spawnPerSecond });
    while (atMs < runTimeMs) {
      rows.push({
        caller,
        intendedMs: beginMs + atMs,
        startMs: beginMs + atMs,
        durationMs: callMs,
        ok: true,
      });
      atMs += callMs + least + (most - least) * random.next();
    }
    return rows;
  }).flat();
}

describe("Little's law", () => {
  it.each([
    closedLoad({ users: 100, spawnPerSecond: 10, thinkMs: [1000, 2000], runTimeMs: 30_000 }),
    closedLoad({ users: 5, runTimeMs: 2000 }),
    closedLoad({ users: 3, thinkMs: [10, 900], runTimeMs: 1000 }),
    closedLoad({ users: 40, thinkMs: 5000, runTimeMs: 1000 }),
    closedLoad({ users: 50, spawnPerSecond: 25, thinkMs: 300, runTimeMs: 2000 }),
  ])("holds for users who do what load %# says, the ramp and what is cut off at the end included", (load) => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(codes(roundOf(load, usersOf(load, { callMs: 150, seed })))).toEqual([]);
    }
  });

  it("does not for a client that runs one call at a time, and says what that means", () => {
    const load = closedLoad({ users: 100, thinkMs: 100, runTimeMs: 1000 });
    // Everybody is due after 100 ms, and one call of 10 ms after another is made.
    const rows = Array.from({ length: 100 }, (_, i) => ({
      caller: i,
      intendedMs: beginMs,
      startMs: beginMs + i * 10,
      durationMs: 10,
      ok: true,
    }));
    const [warning, ...others] = checkLaw(roundOf(load, rows));
    expect(others).toEqual([]);
    expect(warning?.message).toBe(
      "Little's law does not hold for rest: 100 users were in the load on average, and the calls and pauses of the 100 calls recorded fill the time of 10.4 users; 49.5 waited for calls that were due and not yet sent.",
    );
    expect(warning?.advice).toContain("one call at a time");
  });

  it("does not for more calls than the users could make", () => {
    const load = closedLoad({ users: 10, runTimeMs: 1000 });
    const twice = usersOf({ ...load, users: 20 }, { callMs: 50 });
    expect(checkLaw(roundOf(load, twice))[0]?.advice).toMatch(/cannot have made them/);
  });

  it("counts the pause after a call that failed as it is made", () => {
    const load = closedLoad({ users: 10, thinkMs: [0, 200], runTimeMs: 3000 });
    const random = createRandom(3);
    const rows = Array.from({ length: 10 }, (_, caller) => {
      const own: LoadSumsRow[] = [];
      for (let atMs = 0; atMs < 3000; atMs += 1 + Math.max(100, 200 * random.next())) {
        own.push({ caller, intendedMs: beginMs + atMs, startMs: beginMs + atMs, durationMs: 1, ok: false });
      }
      return own;
    }).flat();
    expect(codes(roundOf(load, rows))).toEqual([]);
  });

  it("takes users who began in steps as they were told of, and others as the load says", () => {
    const load = closedLoad({ users: 20, spawnPerSecond: 10, runTimeMs: 2000 });
    const rows = usersOf({ ...load, spawnPerSecond: null }, { callMs: 50 }).map((row) =>
      row.caller < 10 ? row : { ...row, startMs: row.startMs + 1000, intendedMs: row.intendedMs + 1000 },
    );
    expect(codes(roundOf(load, rows, { averageUsers: 15 }))).toEqual([]);
    expect(codes(roundOf(load, rows))).toEqual(["little"]);
    expect(codes(roundOf(load, rows, { averageUsers: 20 }))).toEqual(["little"]);
  });

  it("is not asked of a round that was stopped", () => {
    const load = closedLoad({ users: 10, runTimeMs: 1000 });
    expect(codes(roundOf(load, [], { cutShort: true }))).toEqual([]);
    expect(codes(roundOf(load, []))).toEqual(["little"]);
  });
});

test("300 users are not 10,000", () => {
  const load = closedLoad({ users: 10_000, spawnPerSecond: 10, thinkMs: [1000, 2000], runTimeMs: 30_000 });
  const round = roundOf(load, usersOf({ ...load, users: 300 }, { callMs: 20 }), { usersStarted: 300 });
  expect(checkLaw(round).map(({ message }) => message)).toEqual([
    "Of the 10,000 users of rest 300 had begun when the run time was over: 10 a second start 300 in 30 s.",
  ]);
  expect(checkLaw({ ...round, usersStarted: null })).toEqual(checkLaw(round));
});

describe("an open load", () => {
  const load = openLoad({ callsPerSecond: 100, runTimeMs: 10_000, users: 20 });
  const due = (count: number, row: (i: number) => Partial<LoadSumsRow> = () => ({})): LoadSumsRow[] =>
    Array.from({ length: count }, (_, i) => {
      const intendedMs = beginMs + i * 10;
      return { caller: i % 20, intendedMs, startMs: intendedMs, durationMs: 4, ok: true, ...row(i) };
    });

  it("whose calls are sent and answered in time is left alone, also where calls are long", () => {
    expect(codes(roundOf(load, due(1000)))).toEqual([]);
    expect(
      codes(
        roundOf(
          load,
          due(1000, () => ({ durationMs: 2000 })),
        ),
      ),
    ).toEqual([]);
  });

  it("that falls behind says by how much", () => {
    // A server that answers 80 a second: the queue grows.
    const rows = due(1000, (i) => ({ durationMs: 5 + i * 2.5 }));
    expect(checkLaw(roundOf(load, rows)).map(({ message }) => message)).toEqual([
      "Of 1,000 calls of rest that were due in 10 s 800 had succeeded by then, 80 a second.",
    ]);
  });

  it("that could not send all says so, and that more users may do it where all callers were busy", () => {
    const free = new Map<number, number>();
    const rows = due(600, (i) => {
      const startMs = Math.max(beginMs + i * 10, free.get(i % 20) ?? 0);
      free.set(i % 20, startMs + 330);
      return { startMs, durationMs: 330 };
    });
    const warnings = checkLaw(roundOf(load, rows, { notSent: 400, usersStarted: 20 }));
    expect(warnings.map(({ code }) => code)).toEqual(["rate-not-reached", "late-sending"]);
    expect(warnings[0]?.message).toContain("and 400 of them were never sent.");
    expect(warnings[0]?.advice).toContain("All 20 callers had a call under way");
    expect(warnings[1]?.message).toContain("because all 20 callers had a call under way.");
  });

  it("that is sent late though callers were free is its client's fault", () => {
    const rows = due(1000, (i) => (i % 20 === 0 ? { startMs: beginMs + i * 10 + 8 } : {}));
    const [warning, ...others] = checkLaw(roundOf(load, rows, { usersStarted: 20 }));
    expect(others).toEqual([]);
    expect(warning?.message).toBe("One in a hundred calls of rest was sent 8 ms or more after it was due.");
    expect(warning?.advice).toContain("Callers were free");
  });

  it("of a rate that rises is held against what was due by then", () => {
    const stages = [{ fromPerSecond: 0, toPerSecond: 200, durationMs: 10_000 }];
    const rows = Array.from({ length: 1000 }, (_, i) => {
      const intendedMs = beginMs + Math.sqrt(i / 1000) * 10_000;
      return { caller: i % 20, intendedMs, startMs: intendedMs, durationMs: 1500, ok: true };
    });
    expect(codes(roundOf(openLoad({ stages }), rows))).toEqual([]);
  });
});
