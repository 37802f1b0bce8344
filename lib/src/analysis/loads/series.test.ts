import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadRound, LoadSecond } from "../../record/load-info.js";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import type { LoadFacts } from "../rounds/rounds.js";
import { type LoadCall, loadCalls } from "../testing/load-calls.js";
import { type SeriesSecond, seriesOf } from "./series.js";

const beginMs = 250;
const reading = { serverBytes: 5e7, clientBytes: null, clientLoopUse: 0.5 };
const seconds: LoadSecond[] = [
  { ...reading, atMs: 1000, serverCpuMs: 400, clientCpuMs: null },
  { ...reading, atMs: 2010, serverCpuMs: 505, clientCpuMs: 101 },
];
const round: LoadRound = {
  arm: "rest",
  pair: 0,
  block: 0,
  beginMs,
  endMs: beginMs + 2500,
  overMs: 2000,
  usersStarted: 4,
  notSent: 0,
  seconds,
};
const closed: LoadFacts = {
  load: closedLoad({ users: 100, spawnPerSecond: 2, runTimeMs: 2000 }),
  loadRounds: [round],
};

const rows: LoadCall[] = [
  { dueMs: 250, durationMs: 100, caller: 0 },
  { dueMs: 750, lateMs: 4, durationMs: 700, caller: 1 },
  { dueMs: 1250, durationMs: 20, caller: 2, error: "TIMEOUT" },
  { dueMs: 2200, durationMs: 400, caller: 0 },
];

describe("seriesOf", () => {
  const [series] = seriesOf(loadCalls(rows), closed, "rest");
  const [first, second, third] = (series?.seconds ?? []) as unknown as [
    SeriesSecond,
    SeriesSecond,
    SeriesSecond,
  ];

  it("counts calls where they began and where they ended", () => {
    expect(series?.seconds).toHaveLength(3);
    expect(first).toMatchObject({ second: 0, sent: 2, finished: 1, failed: {}, p50Ms: 100, maxMs: 100 });
    expect(second).toMatchObject({ second: 1, sent: 2, finished: 1, failed: { TIMEOUT: 1 }, p50Ms: 700 });
    expect(second.dueP99Ms).toBe(704);
    expect(first.lateP99Ms).toBeGreaterThan(3.9);
    expect(third).toMatchObject({ sent: 0, finished: 1, lateP99Ms: null });
  });

  it("has the users of the ramp at the end of each second, and none who would begin when it is over", () => {
    expect(series?.seconds.map(({ users }) => users)).toEqual([2, 4, 4]);
  });

  it("has processors in use over the time that was really read, and null where nothing was", () => {
    expect(first).toMatchObject({ serverCpu: 0.4, clientCpu: null, serverBytes: 5e7, clientBytes: null });
    expect(second.serverCpu).toBeCloseTo(0.5, 12);
    expect(second.clientCpu).toBeCloseTo(0.1, 12);
    expect(third).toMatchObject({ serverCpu: null, clientLoopUse: null, serverBytes: null });
  });

  it("counts as users of an open load the callers that had been needed", () => {
    const load = openLoad({ callsPerSecond: 2, runTimeMs: 2000 });
    const [open] = seriesOf(loadCalls(rows), { ...closed, load }, "rest");
    expect(open?.seconds.map(({ users }) => users)).toEqual([2, 3, 3]);
  });

  it("is empty for calls one after another", () => {
    expect(seriesOf(loadCalls(rows), { load: null, loadRounds: [] }, "rest")).toEqual([]);
  });

  it("loses no call, whichever rounds they are of and whether it is known when those began", () => {
    const ms = fc.double({ min: 0, max: 5000, noNaN: true });
    const call: fc.Arbitrary<LoadCall> = fc.record({
      arm: fc.constantFrom("rest", "grpc"),
      pair: fc.nat(1),
      caller: fc.nat(5),
      dueMs: ms,
      lateMs: ms,
      durationMs: ms,
      error: fc.constantFrom("", "", "TIMEOUT", "HTTP_503"),
    });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1 }), fc.boolean(), (made, known) => {
        const info = known ? closed : { ...closed, loadRounds: [] };
        const arms = [...new Set(made.map(({ arm }) => arm as string))];
        const all = arms.flatMap((arm) => seriesOf(loadCalls(made), info, arm)).flatMap((one) => one.seconds);
        const sum = (of: (second: SeriesSecond) => number) =>
          all.reduce((total, each) => total + of(each), 0);
        const withError = (code: string) => made.filter(({ error }) => error === code).length;
        expect(sum(({ sent }) => sent)).toBe(made.length);
        expect(sum(({ finished }) => finished)).toBe(withError(""));
        for (const code of ["TIMEOUT", "HTTP_503"]) {
          expect(sum(({ failed }) => failed[code] ?? 0)).toBe(withError(code));
        }
        for (const { finished, maxMs } of all) expect(maxMs === null).toBe(finished === 0);
      }),
    );
  });
});
