import { expect, it } from "vitest";
import { parseOperation } from "../../arms/operation/operation.js";
import type { ArmInfo, RunInfo } from "../../record/run-info.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { questionKey, runDifferences } from "./run-differences.js";

const [template] = sampleInfo().arms as [ArmInfo];

function ofService(page: unknown, mostPerSecond: number | null = null): RunInfo {
  const written = { kind: "rest", url: "http://127.0.0.1:8080/items", body: { page }, expect: {} };
  const items = parseOperation(written, "items");
  return sampleInfo({
    ...{ host: "remote", arms: [{ ...template, name: "items", operation: "items" }] },
    service: {
      ...{ operations: { items }, sameWork: false },
      bounds: mostPerSecond === null ? null : { mostCalls: 2000, mostPerSecond },
    },
  });
}

function question(before: RunInfo, now: RunInfo): readonly string[] {
  return runDifferences({ label: "before", info: before }, { label: "now", info: now }).question;
}

it("tells services apart by what their operations call and at which pace, in a history too", () => {
  expect(question(ofService(1), ofService(1))).toEqual([]);
  expect(question(ofService(1), ofService(2))).toEqual([
    expect.stringMatching(/^what items calls: \{"body":\{"page":1\},.*, now \{"body":\{"page":2\},/),
  ]);
  expect(question(ofService(1, 20), ofService(1, 50))).toEqual(["calls a second at most: 20, now 50"]);
  expect(questionKey(ofService(1), "items")).not.toBe(questionKey(ofService(2), "items"));
  expect(question(ofService({ a: 1, b: [] }), ofService({ b: [], a: 1 }))).toEqual([]);
});

it("tells remote servers apart by where they were, as far as a run says it", () => {
  const at = (addressesSha256?: string) =>
    sampleInfo({ host: "remote", ...(addressesSha256 !== undefined && { addressesSha256 }) });
  expect(question(at("a".repeat(64)), at("b".repeat(64)))).toEqual([
    `addresses of servers: ${"a".repeat(12)}, now ${"b".repeat(12)}`,
  ]);
  expect(question(at("a".repeat(64)), at("a".repeat(64)))).toEqual([]);
  expect(question(at(), at())).toEqual([]);
});
