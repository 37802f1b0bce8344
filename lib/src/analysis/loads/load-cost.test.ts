import { expect, test } from "vitest";
import { checkUse } from "../../experiment/checks/processor-laws.js";
import { callsFromParts } from "../../record/calls-table.js";
import type { Load, LoadRound, LoadSecond } from "../../record/load-info.js";
import { sampleInfo, samplePart } from "../../record/testing/samples.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { loadCostOf } from "./load-cost.js";

const second = (atMs: number, clientCpuMs: number | null, clientLoopUse: number | null): LoadSecond => ({
  atMs,
  clientCpuMs,
  clientLoopUse,
  serverCpuMs: 1,
  serverBytes: null,
  clientBytes: null,
});
const round = { arm: "rest", pair: 0, beginMs: 0, endMs: 3500, overMs: 3000, notSent: 0 };
const usage = { arm: "rest", pair: 0, cpuMs: 9, residentBytes: null, peakBytes: null };
const info = sampleInfo({
  clients: 2,
  warmupBlocks: 1,
  load: closedLoad({ users: 40, spawnPerSecond: 40, runTimeMs: 3000 }),
  loadRounds: [
    {
      ...round,
      block: 1,
      usersStarted: 40,
      // The first second is the ramp, in the last one calls come to their end.
      seconds: [
        second(1000, 100, 0.1),
        second(2000, 1000, 0.5),
        second(3000, 1800, 0.7),
        second(3500, 100, 0),
      ],
    },
  ],
  usage: [
    { ...usage, block: 0, calls: 100, clientCpuMs: 5000 },
    { ...usage, block: 1, calls: 200, clientCpuMs: 50 },
    { ...usage, block: 2, calls: 300, clientCpuMs: 150 },
  ],
});
const calls = callsFromParts([samplePart("rest", 0, 0, 20), samplePart("rest", 0, 1, 20)], {
  warmFromBlock: [1],
});

test("shares are those of a client process after the ramp, until the run time is over", () => {
  const { users, clientBusy, clientLoopUse } = loadCostOf(calls, "rest", info);
  expect(users).toBe(40);
  expect(clientBusy).toBeCloseTo(0.7, 12);
  expect(clientLoopUse).toBeCloseTo(0.6, 12);
});

test("the share in the table is the one that the warning tells", () => {
  const [round] = info.loadRounds;
  const seconds = [
    second(1000, 100, 0),
    second(2000, 1880, 0.5),
    second(3000, 1920, 0.5),
    second(3500, 1, 0),
  ];
  const full: LoadRound = { ...(round as LoadRound), seconds };
  const busy = loadCostOf(calls, "rest", { ...info, loadRounds: [full] }).clientBusy;
  expect(busy).toBeCloseTo(0.95, 12);
  const [warning] = checkUse(full, info.load as Load, {
    server: 1,
    client: 2,
    clients: 2,
    workers: new Map(),
  });
  expect(warning?.message).toContain("its client used 95 % of a processor");
});

test("processor time is that of the load's rounds ÷ their calls, and bytes those of answers", () => {
  const { clientCpuMsPerCall, answerBytes } = loadCostOf(calls, "rest", info);
  expect(clientCpuMsPerCall).toBe(200 / 500);
  expect(answerBytes).toBe(12);
});

test("what was not read is not known", () => {
  const [, ...loaded] = info.usage;
  const unread = {
    ...info,
    usage: [...loaded, { ...usage, block: 3, calls: 1, clientCpuMs: null }],
    loadRounds: [],
  };
  expect(loadCostOf(calls, "rest", unread)).toEqual({
    users: 1,
    clientCpuMsPerCall: null,
    clientBusy: null,
    clientLoopUse: null,
    answerBytes: 12,
  });
});
