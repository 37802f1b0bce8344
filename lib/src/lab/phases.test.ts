import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Phase } from "../analysis/layers/call-phases.js";
import { viewOf } from "../show/display.js";
import { type MeasuredPhases, phases } from "./phases.js";

/** Long against what a busy machine does to a call. */
const roundTripMs = 40;

describe(`phases over ${roundTripMs} ms`, () => {
  const runsFolder = mkdtempSync(join(tmpdir(), "wirelab-phases-"));
  let found: MeasuredPhases;
  beforeAll(async () => {
    const size = { pairs: 1, blocks: 2, warmupBlocks: 1, primeCalls: 0, callsPerRound: 4 };
    found = await phases({ ...size, link: { roundTripMs }, runsFolder, seed: 3 });
  });
  afterAll(() => rmSync(runsFolder, { recursive: true, force: true }));

  const cost = (plain: string, phase: Phase) =>
    found.phases.arms.find((arm) => arm.plain === plain)?.phases.find((one) => one.phase === phase)?.cost
      .value ?? Number.NaN;

  it.each(["rest", "rest-new-connection", "grpc"])(
    "has the way of %s on the wire, half there and half back",
    (arm) => {
      expect(found.phases.told).toBe("instants");
      for (const phase of ["wire out", "wire back"] as const) {
        expect(cost(arm, phase)).toBeGreaterThan(roundTripMs / 3);
      }
      for (const phase of ["serialise", "queue", "handler", "deserialise", "between"] as const) {
        expect(cost(arm, phase)).toBeLessThan(roundTripMs / 3);
      }
    },
  );

  it("says that the handshake of a link lies in the wire, but where a protocol waits for an answer to connect", () => {
    expect(cost("rest-new-connection", "wire out")).toBeGreaterThan(1.3 * roundTripMs);
    const first = found.phases.arms.find(({ plain }) => plain === "grpc")?.firstCall;
    expect(first?.get("connect")).toBeGreaterThan(0.9 * roundTripMs);
    expect(found.reading.paragraphs.join(" ")).toMatch(/over a link the handshake of TCP stands in wire out/);
  });

  it("adds up to the whole of each arm and of the difference", () => {
    const sum = (costs: readonly { cost: { value: number } }[]) =>
      costs.reduce((total, { cost }) => total + cost.value, 0);
    for (const arm of found.phases.arms) expect(sum(arm.phases)).toBeCloseTo(arm.whole.value, 9);
    expect(sum(found.phases.differences)).toBeCloseTo(found.phases.difference.value, 9);
  });

  it("counts every warm call as seen, and says what watching costs", () => {
    for (const { seen, unseen, watching } of found.phases.arms) {
      expect([seen, unseen]).toEqual([8, 0]);
      expect(watching).not.toBeNull();
    }
  });

  it("is the same when it is read again, and shows figure, table and sentences", async () => {
    const again = await phases({ source: runsFolder, link: { roundTripMs } });
    expect(again.phases).toEqual(found.phases);
    expect(viewOf(again)?.text()).toMatch(
      /^The phases of one call\n.*Of the .* of a watched call over gRPC/s,
    );
  });
});
