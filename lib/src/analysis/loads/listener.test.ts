import { describe, expect, test } from "vitest";
import { createRandom } from "../../stats/random.js";
import { listenerRows, responseTimesFile, resultsFile } from "./listener.js";
import type { EndedCall } from "./load-calls.js";

/** The rows that post 004 prints of its own file. */
const printed = [
  [0.0, 1, 53.44699998386204, 0],
  [1.0806777477264404, 20, 53.20742461896901, 0],
  [2.234771966934204, 20, 35.357434947111805, 0],
  [3.25295090675354, 30, 26.738214236028284, 0],
  [4.278264999389648, 34, 22.486146865412593, 0],
  [5.336923837661743, 42, 19.721260822542824, 0],
  [6.416055917739868, 52, 17.647965277671513, 0],
  [7.420273780822754, 56, 16.311546613224873, 0],
  [8.4217689037323, 67, 15.619779782953978, 0],
] as const;

/** Calls that those rows can come from, each as long as their mean: all but a row's last end within a second of the row before. */
function printedCalls(): EndedCall[] {
  let count = 0;
  let totalMs = 0;
  return printed.flatMap(([timeS, rps, meanMs], i) => {
    const from = printed[i - 1]?.[0] ?? timeS;
    const sum = meanMs * (count + rps) - totalMs;
    count += rps;
    totalMs += sum;
    return Array.from({ length: rps }, (_, n) => ({
      // The last of them ends at the row's time to the last bit.
      endMs: n + 1 === rps ? 1000 * timeS : 1000 * (from + (0.99 * (n + 1)) / rps),
      durationMs: sum / rps,
      ok: true,
    }));
  });
}

/** Seeded calls of many users, some failed, in the order in which they ended. */
function madeUpCalls(count: number): EndedCall[] {
  const random = createRandom(11);
  let endMs = 300;
  return Array.from({ length: count }, () => {
    endMs += random.next() < 0.02 ? 2500 * random.next() : 60 * random.next();
    return { endMs, durationMs: 1 + 20 * random.next(), ok: random.next() > 0.05 };
  });
}

describe("the rows of the post's listener", () => {
  test("come out as the post prints them, from calls that they can come from", () => {
    const rows = listenerRows(printedCalls());
    expect(rows.map(({ rps, failures }) => [rps, failures])).toEqual(
      printed.map(([, rps, , failed]) => [rps, failed]),
    );
    rows.forEach(({ timeS, meanMs }, i) => {
      expect(timeS).toBeCloseTo(printed[i]?.[0] as number, 12);
      expect(meanMs).toBeCloseTo(printed[i]?.[2] as number, 10);
    });
  });

  test("average over all calls so far: they still fall when calls no longer get faster", () => {
    const calls = printedCalls();
    const ends = printed.map((_, i) => printed.slice(0, i + 1).reduce((sum, [, rps]) => sum + rps, 0));
    const ownMeans = ends.map((end) => calls[end - 1]?.durationMs as number);
    const settled = ownMeans.slice(5);
    expect(Math.max(...settled) / Math.min(...settled)).toBeLessThan(1.2);
    const rows = listenerRows(calls);
    expect(rows[5]?.meanMs).toBeGreaterThan(1.5 * Math.min(...settled));
    expect(rows.at(-1)?.meanMs).toBeGreaterThan(Math.max(...settled));
  });

  test("are those of the post's code, written again the plain way", () => {
    const calls = madeUpCalls(3000);
    const expected: unknown[] = [];
    let written = 0;
    calls.forEach(({ endMs }, i) => {
      const last = written === 0 ? Number.NEGATIVE_INFINITY : (calls[written - 1]?.endMs as number);
      if (endMs - last < 1000) return;
      const so = calls.slice(0, i + 1);
      const sum = so.filter(({ ok }) => ok).reduce((total, { durationMs }) => total + durationMs, 0);
      expected.push({
        timeS: (endMs - (calls[0]?.endMs as number)) / 1000,
        rps: i + 1 - written,
        meanMs: sum / so.length,
        failures: so.filter(({ ok }) => !ok).length,
      });
      written = i + 1;
    });
    expect(expected.length).toBeGreaterThan(50);
    expect(listenerRows(calls)).toEqual(expected);
  });

  test("leave out the calls after the last row, and count every other once", () => {
    const calls = madeUpCalls(500);
    const counted = listenerRows(calls).reduce((sum, { rps }) => sum + rps, 0);
    expect(counted).toBeLessThanOrEqual(500);
    expect(listenerRows(calls.slice(0, counted))).toEqual(listenerRows(calls));
  });

  test("are none without calls", () => expect(listenerRows([])).toEqual([]));
});

test("the files are those that the post's Python writes", () => {
  const calls = [
    { endMs: 900, durationMs: 53.44699998386204, ok: true },
    { endMs: 1000, durationMs: 7, ok: false },
    { endMs: 1950, durationMs: 20, ok: true },
  ];
  expect(resultsFile(calls)).toBe(
    [
      "Time (s),RPS,Avg Response Time (ms),Failure Count",
      "0.0,1,53.44699998386204,0",
      `1.05,2,${(53.44699998386204 + 20) / 3},1`,
      "",
    ].join("\r\n"),
  );
  expect(responseTimesFile(calls)).toBe("53.44699998386204\n20.0\n");
});
