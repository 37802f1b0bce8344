import { expect, test } from "vitest";
import { callsFromParts } from "../record/calls-table.js";
import type { LoadSecond } from "../record/load-info.js";
import { sampleInfo, samplePart } from "../record/testing/samples.js";
import { loadCostOf } from "./load-cost.js";

const second = (atMs: number, clientCpuMs: number | null, clientLoopUse: number | null): LoadSecond => ({
  atMs,
  clientCpuMs,
  clientLoopUse,
  serverCpuMs: 1,
  serverBytes: null,
  clientBytes: null,
});
const round = { arm: "rest", pair: 0, beginMs: 0, endMs: 2500, notSent: 0 };
const usage = { arm: "rest", pair: 0, cpuMs: 9, residentBytes: null, peakBytes: null };
const info = sampleInfo({
  clients: 2,
  warmupBlocks: 1,
  loadRounds: [
    {
      ...round,
      block: 1,
      usersStarted: 40,
      // The first second is connecting, the last one is cut off.
      seconds: [second(1000, 1800, 0.9), second(2000, 1000, 0.5), second(2500, 400, 0.2)],
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

test("shares are those of a client process in the middle second", () => {
  expect(loadCostOf(calls, "rest", info)).toMatchObject({ users: 40, clientBusy: 0.5, clientLoopUse: 0.5 });
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
