import { describe, expect, it } from "vitest";
import type { Caller } from "../arms/arm.js";
import { incrementWorkload } from "../arms/works/increment.js";
import type { RoundPart } from "../record/calls.js";
import { percentile } from "../stats/percentiles/percentile.js";
import { arrivals } from "./arrivals.js";
import { closedLoad, openLoad, steps } from "./load-choice.js";
import { runOpenLoad } from "./open-load.js";
import { alone } from "./running-load.js";
import { startCountingServer } from "./testing/counting-server.js";
import { mostUnderWay, type Row, rowsOf } from "./testing/rows.js";
import { runLoad } from "./testing/run-load.js";

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);
const sorted = (values: readonly number[]) => Float64Array.from(values).sort();

describe("an open load", () => {
  it.each([
    ["evenly", openLoad({ callsPerSecond: 100, runTimeMs: 500 })],
    ["at random", openLoad({ callsPerSecond: 100, runTimeMs: 500, spacing: "poisson" })],
    ["in steps", openLoad({ stages: steps([50, 150], { eachMs: 250 }) })],
    ["in a ramp", openLoad({ stages: [{ fromPerSecond: 0, toPerSecond: 200, durationMs: 500 }] })],
  ])("sends every call when it is due, as the server counted: %s", async (_, load) => {
    const { endpoints, counted } = await startCountingServer();
    const { rows, end, notSent, usersStarted, beganAt } = await runLoad(load, { endpoints, seed: 6 });
    const due = [...arrivals(load, 6)].map((atMs) => beganAt + atMs);
    const byIndex = [...rows].sort((a, b) => a.index - b.index);
    expect(end.status).toBe("finished");
    // On a machine that is busy with other things the last calls may find no user free.
    expect(rows.length).toBeGreaterThan(0.5 * due.length);
    expect(byIndex.map(({ index }) => index)).toEqual(numbers(due.length - notSent));
    byIndex.forEach(({ intendedMs, startMs }, i) => {
      expect(intendedMs).toBeCloseTo(due[i] as number, 6);
      expect(startMs).toBeGreaterThanOrEqual(intendedMs);
    });
    const connections = new Set(rows.map(({ connectionId }) => connectionId)).size;
    expect({ calls: rows.length, connections }).toEqual({
      calls: counted.calls,
      connections: counted.connections,
    });
    expect(usersStarted).toBe(counted.connections);
    expect(mostUnderWay(rows)).toBeGreaterThanOrEqual(counted.mostUnderWay);
  });

  it("owes nothing for a timer that is late: what was due by the end goes out if somebody is free", async () => {
    const instant: Caller<number, number> = {
      async call(input, answer) {
        answer.ok = true;
        answer.output = input + 1;
      },
      cancel() {},
    };
    for (const callsPerSecond of [997, 10_000]) {
      const load = openLoad({ callsPerSecond, runTimeMs: 50 });
      const callers = numbers(10).map(() => instant);
      const parts: RoundPart[] = [];
      const { notSent } = await runOpenLoad(callers, incrementWorkload, load, {
        ...{ arm: "rest", pair: 0, block: 0, clockOffsetMs: 0, seed: 1, share: alone },
        ...{ mostCalls: Infinity, mostFailures: Infinity, beginMs: performance.now() },
        onPart: (part) => parts.push(part),
      });
      expect([rowsOf(parts).length, notSent]).toEqual([Math.ceil(callsPerSecond / 20), 0]);
    }
  });

  it("uses as few users as will do", async () => {
    const { endpoints, counted } = await startCountingServer();
    const load = openLoad({ callsPerSecond: 4, runTimeMs: 800, users: 50 });
    const { usersStarted } = await runLoad(load, { endpoints });
    expect([usersStarted, counted.connections, counted.mostUnderWay]).toEqual([1, 1, 1]);
  });

  it("has no more calls under way than users, and says when a call that waited for one was due", async () => {
    const { endpoints, counted } = await startCountingServer((cameAt) => cameAt + 40);
    const load = openLoad({ callsPerSecond: 100, runTimeMs: 400, users: 2 });
    const { rows, notSent, usersStarted, beganAt } = await runLoad(load, { endpoints });
    expect([counted.mostUnderWay, counted.connections, usersStarted]).toEqual([2, 2, 2]);
    expect(rows.length + notSent).toBe(40);
    expect(notSent).toBeGreaterThan(10);
    const byIndex = [...rows].sort((a, b) => a.index - b.index);
    byIndex.forEach(({ intendedMs }, i) => {
      expect(intendedMs).toBeCloseTo(beganAt + 10 * i, 6);
    });
    const waited = byIndex.map(({ intendedMs, startMs }) => startMs - intendedMs);
    expect(waited.at(-1)).toBeGreaterThan(100);
  });

  it("counts a million calls a second that two callers cannot send, without keeping them", async () => {
    const { endpoints, counted } = await startCountingServer();
    const load = openLoad({ callsPerSecond: 1_000_000, runTimeMs: 1000, users: 2 });
    const before = process.memoryUsage.rss();
    const { rows, notSent, end, beganAt } = await runLoad(load, { endpoints });
    const grewBytes = process.memoryUsage.rss() - before;
    expect(end.status).toBe("finished");
    expect(rows.length).toBe(counted.calls);
    expect(rows.length + notSent).toBe(1_000_000);
    // A caller who was free at the end may send one call more, however late the machine lets it.
    expect(rows.filter(({ startMs }) => startMs >= beganAt + 1000).length).toBeLessThanOrEqual(2);
    // A million promises or times would be many times that.
    expect(grewBytes).toBeLessThan(100e6);
  });

  it("does not owe what was due after it had been ended", async () => {
    const { endpoints } = await startCountingServer((cameAt) => cameAt + 200);
    const load = openLoad({ callsPerSecond: 100, runTimeMs: 60_000, users: 100 });
    const { rows, notSent, end } = await runLoad(load, { endpoints, mostCalls: 10 });
    // The tenth was sent a little after it was due: what became due in that time counts, the 20 of its answer's do not.
    expect([rows.length, end]).toEqual([10, { status: "finished" }]);
    const tenth = rows.find(({ index }) => index === 9) as Row;
    const late = Math.ceil((tenth.startMs - tenth.intendedMs) / 10) + 1;
    expect(notSent).toBeLessThanOrEqual(late);
  });

  it("gives up after so many failures", async () => {
    const endpoints = { restUrl: "http://127.0.0.1:1", grpcAddress: null };
    const load = openLoad({ callsPerSecond: 50, runTimeMs: 60_000 });
    const { rows, end } = await runLoad(load, { endpoints, mostFailures: 4 });
    expect(end).toEqual({ status: "gave-up", reason: "4 calls of rest failed, the last with ECONNREFUSED" });
    expect(rows.length).toBeGreaterThanOrEqual(4);
  });

  it("ends at once when it is interrupted while all callers wait for answers", async () => {
    const interrupt = new AbortController();
    const { endpoints } = await startCountingServer(() => {
      // Once both callers have called, and a third call waits for one of them.
      setTimeout(() => interrupt.abort(), 100);
      return Infinity;
    });
    const load = openLoad({ callsPerSecond: 100, runTimeMs: 3_600_000, users: 2 });
    const { rows, end, notSent } = await runLoad(load, {
      endpoints,
      timeoutMs: 3_600_000,
      signal: interrupt.signal,
    });
    expect([end.status, rows.map(({ error }) => error)]).toEqual([
      "interrupted",
      ["INTERRUPTED", "INTERRUPTED"],
    ]);
    expect(notSent).toBeGreaterThan(2);
  });

  it("shares its calls among clients: together they make each once", async () => {
    const { endpoints, counted } = await startCountingServer();
    const load = openLoad({ callsPerSecond: 100, runTimeMs: 600, spacing: "poisson", users: 7 });
    const beginMs = performance.now() + 20;
    const ran = await Promise.all(
      numbers(3).map((client) => runLoad(load, { endpoints, beginMs, share: { client, of: 3 } })),
    );
    const rows = ran.flatMap((each) => each.rows);
    const due = [...arrivals(load, 1)];
    const notSent = ran.reduce((sum, each) => sum + each.notSent, 0);
    expect(rows.length + notSent).toBe(due.length);
    expect(new Set(rows.map(({ index }) => index)).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThan(0.5 * due.length);
    for (const { index, intendedMs } of rows)
      expect(intendedMs - beginMs).toBeCloseTo(due[index] as number, 6);
    expect(counted.calls).toBe(rows.length);
    const ids = ran.map((each) => new Set(each.rows.map(({ connectionId }) => connectionId)));
    expect(new Set(ids.flatMap((own) => [...own])).size).toBe(counted.connections);
    for (const { caller } of rows) expect(caller).toBeLessThan(7);
  });
});

describe("a server that stalls for 200 ms of every second", () => {
  const runTimeMs = 5000;
  const stalled = (beganAt: number) => (cameAt: number) => {
    const into = (((cameAt - beganAt) % 1000) + 1000) % 1000;
    return into >= 400 && into < 600 ? cameAt + 600 - into : cameAt;
  };

  it("shows in the times from when calls were due, and not in those from when they were sent", async () => {
    const beginMs = performance.now() + 50;
    const { endpoints, counted } = await startCountingServer(stalled(beginMs));
    const load = openLoad({ callsPerSecond: 200, runTimeMs, users: 1 });
    const { rows, notSent } = await runLoad(load, { endpoints, beginMs });
    expect(rows.length + notSent).toBe(1000);
    // The server knows when it answered which call, and everybody when that was due.
    const truth = counted.answeredAt.map((at, i) => at - (beginMs + i * 5));
    const p99 = (values: readonly number[]) => percentile(sorted(values), 0.99);
    const fromDue = rows.map(({ intendedMs, startMs, durationMs }) => startMs + durationMs - intendedMs);
    const fromSent = rows.map(({ durationMs }) => durationMs);
    expect(p99(truth)).toBeGreaterThan(180);
    expect(p99(fromDue) / p99(truth)).toBeGreaterThan(0.95);
    expect(p99(fromDue) / p99(truth)).toBeLessThan(1.05);
    expect(p99(fromSent) / p99(truth)).toBeLessThan(0.5);
  });

  it("is hardly seen by a user who waits for each answer before the next call: coordinated omission", async () => {
    const beginMs = performance.now() + 50;
    const { endpoints, counted } = await startCountingServer(stalled(beginMs));
    const { rows } = await runLoad(closedLoad({ users: 1, runTimeMs }), { endpoints, beginMs });
    expect(rows.length).toBe(counted.calls);
    const durations = sorted(rows.map(({ durationMs }) => durationMs));
    // One call in each of five stalls has met it, which is fewer than one in a hundred.
    expect(percentile(durations, 0.99)).toBeLessThan(0.5 * 190);
    expect(durations.filter((ms) => ms > 150).length).toBeGreaterThanOrEqual(4);
  });
});
