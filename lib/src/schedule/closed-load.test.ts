import { monitorEventLoopDelay } from "node:perf_hooks";
import { describe, expect, it, vi } from "vitest";
import { failurePauseMs } from "./closed-load.js";
import { closedLoad } from "./load-choice.js";
import { startCountingServer } from "./testing/counting-server.js";
import { mostUnderWay } from "./testing/rows.js";
import { runLoad } from "./testing/run-load.js";
import { drawThinkMs, spawnAtMs, userRandom } from "./users.js";

const numbers = (count: number) => Array.from({ length: count }, (_, number) => number);

describe("a closed load", () => {
  it("is in the record as the server counted it", async () => {
    const { endpoints, counted } = await startCountingServer((cameAt) => cameAt + 80);
    const { end, rows, usersStarted, overMs, notSent, ...ran } = await runLoad(
      closedLoad({ users: 6, runTimeMs: 400 }),
      { endpoints },
    );
    expect({ end, usersStarted, overMs, notSent }).toEqual({
      end: { status: "finished" },
      usersStarted: 6,
      overMs: 400,
      notSent: 0,
    });
    expect(rows.every(({ ok }) => ok)).toBe(true);
    expect({
      calls: rows.length,
      connections: new Set(rows.map(({ connectionId }) => connectionId)).size,
      mostUnderWay: mostUnderWay(rows),
    }).toEqual({
      calls: counted.calls,
      connections: counted.connections,
      mostUnderWay: counted.mostUnderWay,
    });
    expect(counted).toMatchObject({ connections: 6, mostUnderWay: 6 });
    expect(rows.map(({ index }) => index).sort((a, b) => a - b)).toEqual(numbers(rows.length));
    expect([...new Set(rows.map(({ caller }) => caller))].sort()).toEqual(numbers(6));
    // A user who looked at the clock just before the end calls once more, however late the machine lets it.
    expect(rows.filter(({ startMs }) => startMs >= ran.beganAt + 400).length).toBeLessThanOrEqual(6);
  });

  it("starts users one after another at the spawn rate, each pausing after each answer", async () => {
    const { endpoints } = await startCountingServer();
    const load = closedLoad({ users: 5, spawnPerSecond: 20, thinkMs: [30, 60], runTimeMs: 400 });
    const stalls = monitorEventLoopDelay({ resolution: 1 });
    stalls.enable();
    const { rows, beganAt } = await runLoad(load, { endpoints, seed: 8 });
    stalls.disable();
    const longestStallMs = stalls.max / 1e6;
    for (const user of numbers(5)) {
      const own = rows.filter(({ caller }) => caller === user);
      const random = userRandom(8, user);
      let due = beganAt + spawnAtMs(user, load);
      expect(due).toBe(beganAt + user * 50);
      for (const { intendedMs, startMs, durationMs } of own) {
        expect(intendedMs).toBeCloseTo(due, 6);
        expect(startMs).toBeGreaterThanOrEqual(intendedMs);
        due = startMs + durationMs + drawThinkMs(load.thinkMs, random);
      }
      // Nobody stops early: the next call would have been due after the end, or while this process was held up before it.
      expect(due).toBeGreaterThan(beganAt + 400 - 1 - longestStallMs);
    }
  });

  it("counts only users who began before the end", async () => {
    const { endpoints, counted } = await startCountingServer();
    const load = closedLoad({ users: 100, spawnPerSecond: 20, thinkMs: 1000, runTimeMs: 220 });
    const { usersStarted, rows } = await runLoad(load, { endpoints });
    expect([usersStarted, rows.length, counted.connections]).toEqual([5, 5, 5]);
  });

  it("is over when its run time is, however long users still would pause or wait to begin", async () => {
    const { endpoints } = await startCountingServer();
    const overflow = vi.spyOn(process, "emitWarning");
    // The last user's begin is beyond what a timer can wait for.
    const load = closedLoad({ users: 3, spawnPerSecond: 1e-7, thinkMs: 86_400_000, runTimeMs: 100 });
    const { end, usersStarted, rows, beganAt, overAt } = await runLoad(load, { endpoints });
    expect([end.status, usersStarted, rows.length]).toEqual(["finished", 1, 1]);
    expect(overAt).toBeGreaterThanOrEqual(beganAt + 100);
    expect(overflow).not.toHaveBeenCalled();
    overflow.mockRestore();
  });

  it("lets calls end that are under way at its end", async () => {
    const { endpoints, counted } = await startCountingServer((cameAt) => cameAt + 300);
    const { rows, beganAt, overAt } = await runLoad(closedLoad({ users: 4, runTimeMs: 50 }), { endpoints });
    expect([rows.length, rows.every(({ ok }) => ok), counted.calls]).toEqual([4, true, 4]);
    expect(overAt - beganAt).toBeGreaterThanOrEqual(299);
  });

  it("has users pause after a failure, who otherwise would do nothing but fail", async () => {
    const endpoints = { restUrl: "http://127.0.0.1:1", grpcAddress: null };
    const { rows, end } = await runLoad(closedLoad({ users: 2, runTimeMs: 450 }), { endpoints });
    expect(end).toEqual({ status: "finished" });
    expect(new Set(rows.map(({ error }) => error))).toEqual(new Set(["ECONNREFUSED"]));
    expect(rows.length).toBeLessThanOrEqual(2 * (1 + 450 / failurePauseMs));
    expect(rows.length).toBeGreaterThanOrEqual(2 * 2);
  });

  it.each([1, 7, 50])("ends after exactly %i calls when it is told to", async (mostCalls) => {
    const { endpoints, counted } = await startCountingServer();
    const { rows, end, overMs, beganAt } = await runLoad(closedLoad({ users: 4, runTimeMs: 60_000 }), {
      endpoints,
      mostCalls,
    });
    // No call is made later than the last one.
    expect(Math.max(...rows.map(({ startMs }) => startMs - beganAt)) - overMs).toBeLessThan(5);
    expect(overMs).toBeLessThan(60_000);
    expect([rows.length, counted.calls, end]).toEqual([mostCalls, mostCalls, { status: "finished" }]);
  });

  it("makes no call when its share of them is none", async () => {
    const { endpoints, counted } = await startCountingServer();
    const { rows } = await runLoad(closedLoad({ users: 4, runTimeMs: 60_000 }), { endpoints, mostCalls: 0 });
    expect([rows.length, counted.calls]).toEqual([0, 0]);
  });

  it("gives up after so many failures, and says how many and with what", async () => {
    const endpoints = { restUrl: "http://127.0.0.1:1", grpcAddress: null };
    const load = closedLoad({ users: 1, runTimeMs: 60_000 });
    const { rows, end } = await runLoad(load, { endpoints, mostFailures: 3 });
    expect(rows).toHaveLength(3);
    expect(end).toEqual({ status: "gave-up", reason: "3 calls of rest failed, the last with ECONNREFUSED" });
  });

  it("ends at once when it is interrupted, with the calls under way as interrupted", async () => {
    const { endpoints, counted } = await startCountingServer((cameAt) =>
      counted.calls > 20 ? Infinity : cameAt,
    );
    const interrupt = new AbortController();
    const running = runLoad(closedLoad({ users: 3, runTimeMs: 3_600_000 }), {
      endpoints,
      timeoutMs: 3_600_000,
      signal: interrupt.signal,
    });
    await vi.waitFor(() => expect(counted.calls).toBe(23), { interval: 5, timeout: 10_000 });
    interrupt.abort();
    const { rows, end } = await running;
    expect(end).toEqual({ status: "interrupted" });
    expect([rows.length, rows.filter(({ ok }) => ok).length]).toEqual([23, 20]);
    expect(rows.slice(20).map(({ error }) => error)).toEqual(["INTERRUPTED", "INTERRUPTED", "INTERRUPTED"]);
  });

  it("makes no call when it is interrupted before it begins", async () => {
    const { endpoints, counted } = await startCountingServer();
    const load = closedLoad({ users: 3, runTimeMs: 60_000 });
    const { end, usersStarted } = await runLoad(load, { endpoints, signal: AbortSignal.abort() });
    expect([end.status, usersStarted, counted.calls]).toEqual(["interrupted", 0, 0]);
  });

  it("keeps its time by the monotonic clock, so that a machine whose date is set in mid-load changes nothing", async () => {
    const { endpoints } = await startCountingServer((cameAt) => cameAt + 2);
    vi.useFakeTimers({ toFake: ["Date"] });
    const jumps = setInterval(() => {
      vi.setSystemTime(Date.now() + (Math.random() < 0.5 ? -1 : 1) * 86_400_000);
    }, 10);
    const load = closedLoad({ users: 3, thinkMs: 10, runTimeMs: 300 });
    const { rows, end, beganAt, overAt } = await runLoad(load, { endpoints, timeoutMs: 20_000 });
    clearInterval(jumps);
    vi.useRealTimers();
    expect(end).toEqual({ status: "finished" });
    expect(rows.filter(({ ok }) => !ok)).toEqual([]);
    for (const { intendedMs, startMs, durationMs } of rows) {
      expect(intendedMs).toBeGreaterThanOrEqual(beganAt);
      expect(startMs).toBeGreaterThanOrEqual(intendedMs);
      expect(startMs + durationMs).toBeLessThanOrEqual(overAt);
      expect(durationMs).toBeGreaterThan(1);
    }
    expect(overAt - beganAt).toBeGreaterThanOrEqual(300);
  });
});
