import { afterEach, describe, expect, it } from "vitest";
import { findOwnArm, findWorkload } from "../arms/registry.js";
import { ownArmsFor } from "../arms/testing/own-arms.js";
import type { AnyWorkload } from "../arms/workload.js";
import { type FaultyServers, startFaultyServers } from "../hosts/testing/faulty-servers.js";
import type { RoundPart } from "../record/calls.js";
import { runBatch } from "./batch.js";
import { runChain } from "./chain.js";
import { Pace } from "./pace.js";
import { rowsOf } from "./testing/rows.js";

const increment = findWorkload("increment");
// Two are a row, and where the server hangs each takes its time-out.
const failuresInARow = 2;
const callingArms = ownArmsFor(increment);
let servers: FaultyServers;
afterEach(() => servers?.close());

const counter = () => {
  let next = 0;
  return () => next++;
};

async function chain(
  armName: string,
  {
    calls,
    timeoutMs = 5000,
    callers = 1,
    workload = increment,
  }: { calls: number; timeoutMs?: number; callers?: number; workload?: AnyWorkload },
  signal?: AbortSignal,
) {
  const parts: RoundPart[] = [];
  const open = findOwnArm(armName).open({
    workload,
    endpoints: servers.endpoints,
    callers,
    timeoutMs,
    nextConnectionId: counter(),
  });
  if (open.kind !== "calls") throw new Error("not a calling arm");
  const place = { arm: armName, pair: 0, block: 0, calls, failuresInARow, clockOffsetMs: 0 };
  const onPart = (part: RoundPart) => parts.push(part);
  const end = await runChain(open.callers, workload, { ...place, onPart, ...(signal && { signal }) });
  await open.close();
  const rows = rowsOf(parts);
  return {
    end,
    rows,
    ok: rows.filter((row) => row.ok).length,
    connections: new Set(rows.map((row) => row.connectionId).filter((id) => id >= 0)).size,
  };
}

const seenBy = (armName: string) => (findOwnArm(armName).protocol === "rest" ? servers.rest : servers.grpc);

describe.each(callingArms)("a chain over %s", (arm) => {
  it("records the calls and connections that the server counted", async () => {
    servers = await startFaultyServers({ fault: "none" });
    const { end, rows, ok, connections } = await chain(arm, { calls: 50 });
    expect(end).toEqual({ status: "finished" });
    expect({ calls: rows.length, ok, connections }).toEqual({
      calls: seenBy(arm).calls,
      ok: 50,
      connections: seenBy(arm).connections,
    });
    expect(connections).toBe(arm === "rest-new-connection" ? 50 : 1);
    expect(rows.map((row) => row.index)).toEqual(Array.from({ length: 50 }, (_, index) => index));
    expect(rows.every((row) => row.durationMs > 0 && row.bytesSent > 0)).toBe(true);
  });

  it.each([
    ["wrong-number", "WRONG_ANSWER"],
    ["error-status", arm.startsWith("rest") ? "HTTP_500" : "INTERNAL"],
    ["reset", /ECONNRESET|UND_ERR_SOCKET|UNAVAILABLE|INTERNAL|CANCELLED/],
    ["garbage", /BAD_BODY|INTERNAL|UNKNOWN|HPE_|WRONG_ANSWER/],
    ["hang", "TIMEOUT"],
    ["die", /ECONN|UND_ERR_SOCKET|UNAVAILABLE|INTERNAL|CANCELLED/],
  ] as const)(
    "counts every call and keeps the finished ones when the server does: %s",
    async (fault, code) => {
      servers = await startFaultyServers({ fault, afterCalls: 20 });
      const { end, rows, ok } = await chain(arm, { calls: 100, timeoutMs: fault === "hang" ? 1000 : 30_000 });
      expect(end).toMatchObject({ status: "gave-up", reason: expect.stringContaining(arm) });
      expect({ ok, calls: rows.length }).toEqual({ ok: 20, calls: 20 + failuresInARow });
      for (const { error } of rows.slice(20)) expect(error).toMatch(code);
    },
  );

  it("ends at once when it is interrupted, and keeps the finished calls", async () => {
    servers = await startFaultyServers({ fault: "hang", afterCalls: 10 });
    const interrupt = new AbortController();
    const server = seenBy(arm);
    const hung = setInterval(() => {
      if (server.calls > 10) interrupt.abort();
    }, 5);
    const { end, ok } = await chain(arm, { calls: 1000, timeoutMs: 60_000 }, interrupt.signal);
    clearInterval(hung);
    expect({ end, ok }).toEqual({ end: { status: "interrupted" }, ok: 10 });
  });

  it("gives several callers chains of their own", async () => {
    servers = await startFaultyServers({ fault: "none" });
    const { rows, ok, connections } = await chain(arm, { calls: 200, callers: 8 });
    expect({ calls: rows.length, ok }).toEqual({ calls: 200, ok: 200 });
    expect(new Set(rows.map((row) => row.caller)).size).toBe(8);
    expect(seenBy(arm).calls).toBe(200);
    const expected =
      { "rest-new-connection": 200, rest: 8, "rest-fetch": 8, "grpc-own-connection": 8, "grpc-http2": 8 }[
        arm
      ] ?? 1;
    expect([connections, seenBy(arm).connections]).toEqual([expected, expected]);
    const own = new Set(rows.map(({ caller, connectionId }) => `${caller}/${connectionId}`));
    expect(own.size).toBe(Math.max(8, expected));
  });
});

it("matches answers that come out of order on the stream", async () => {
  servers = await startFaultyServers({ fault: "none", outOfOrder: 8 });
  const { ok } = await chain("grpc-stream", { calls: 160, callers: 8 });
  expect(ok).toBe(160);
});

it("keeps what an answer says of its time in the server, of right answers alone", async () => {
  servers = await startFaultyServers({ fault: "wrong-number", afterCalls: 3 });
  const workload: AnyWorkload = { ...increment, serverMs: (output) => Number(output) / 4 };
  const { rows } = await chain("rest", { calls: 4, workload });
  expect(rows.map((row) => row.serverMs)).toEqual([0.25, 0.5, 0.75, Number.NaN]);
});

it("times the plain function in one batch of calls", () => {
  const parts: RoundPart[] = [];
  const endpoints = { restUrl: "", grpcAddress: "" };
  const open = findOwnArm("function").open({
    workload: increment,
    endpoints,
    callers: 1,
    timeoutMs: 1,
    nextConnectionId: counter(),
  });
  if (open.kind !== "batch") throw new Error("not a batch arm");
  const place = { arm: "function", pair: 0, block: 0, calls: 1, failuresInARow, clockOffsetMs: 0 };
  runBatch(open, { ...place, onPart: (part) => parts.push(part) });
  const { columns } = parts[0] as RoundPart;
  expect([columns.length, columns.calls[0], columns.ok[0]]).toEqual([1, 10_000, 1]);
  expect(columns.durationMs[0]).toBeGreaterThan(0);
});

it("keeps calls so far apart as it is told, whichever caller makes them and in whichever round", async () => {
  const begun: number[] = [];
  const caller = {
    call: async (_: unknown, answer: { ok: boolean }) => {
      begun.push(performance.now());
      answer.ok = true;
    },
    cancel: () => {},
  };
  const place = { arm: "one", pair: 0, block: 0, calls: 3, failuresInARow, clockOffsetMs: 0 };
  const pace = new Pace();
  const turn = () => pace.turn(20);
  const before = performance.now();
  for (const callers of [[caller, caller], [caller]]) {
    await runChain(callers, increment, { ...place, turn, onPart: () => {} });
  }
  expect(begun).toHaveLength(6);
  // A timer may fire up to a millisecond early.
  expect((begun[5] as number) - before).toBeGreaterThan(6 * 20 - 2);
});
