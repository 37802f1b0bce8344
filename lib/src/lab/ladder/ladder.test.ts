import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { viewOf } from "../../show/display.js";
import { createRandom } from "../../stats/random.js";
import { ladder, type MeasuredLadder } from "./ladder.js";
import { ladderArms, rungs } from "./rungs.js";

const names = rungs.map(({ name }) => name);
/** Long against what a busy machine does to a call, so that few calls are enough; the bench hides one of 50 µs. */
const delayMs = 15;
const above = names.filter((name) => name !== "net");
const hiddenAt = above[createRandom(2).below(above.length)] as string;

describe("the rungs", () => {
  it("stand on each other, down to one foot, and differ from the one below in client or server or what is sent", () => {
    expect(rungs.filter(({ over }) => over === null).map(({ name }) => name)).toEqual(["net"]);
    for (const [index, { over }] of rungs.entries()) {
      if (over !== null) expect(names.slice(0, index)).toContain(over);
    }
    expect(new Set(names).size).toBe(names.length);
  });

  it("change one end at most, but where a layer is added to both", () => {
    for (const rung of rungs) {
      const below = rungs.find(({ name }) => name === rung.over);
      if (below === undefined || below.name === "net") continue;
      const changed = [rung.client !== below.client, rung.server !== below.server].filter(Boolean);
      expect([rung.name, changed.length <= 1]).toEqual([rung.name, true]);
    }
  });

  it("hide a layer in a rung and in all that stand on it", () => {
    const delayed = ladderArms({ rung: "express-json", delayUs: 50 }).filter(
      ({ plantedDelayUs = 0 }) => plantedDelayUs > 0,
    );
    expect(delayed.map(({ name }) => name)).toEqual([
      "express-json",
      "rest",
      "rest-fetch",
      "rest-tls",
      "rest-apart",
    ]);
  });

  it("refuses to hide one in a rung that is none", async () => {
    await expect(ladder({ hidden: { rung: "soap", delayUs: 1 } })).rejects.toMatchObject({
      code: "usage",
      message: expect.stringMatching(/no rung "soap"; choose from net, http,/),
    });
  });
});

describe(`a ladder in which a layer of ${delayMs} ms is hidden at a random rung (${hiddenAt})`, () => {
  const runsFolder = mkdtempSync(join(tmpdir(), "wirelab-ladder-"));
  const size = { pairs: 1, blocks: 6, warmupBlocks: 2, primeCalls: 16, callsPerRound: 6 };
  let found: MeasuredLadder;
  beforeAll(async () => {
    const hidden = { rung: hiddenAt, delayUs: 1000 * delayMs };
    found = await ladder({ ...size, hidden, runsFolder, seed: 3 });
  });

  it("shows it there and nowhere else", () => {
    // How wide its intervals are is the machine's; the bench holds those to how often they see a layer.
    const large = found.costs.rungs.filter(({ step }) => step !== null && Math.abs(step.value) > delayMs / 2);
    expect(large.map(({ name }) => name)).toEqual([hiddenAt]);
    expect(found.costs.rungs.every(({ step, over }) => step !== null || over === null)).toBe(true);
  });

  it("has every call of every rung answered", async () => {
    const calls = await found.run.calls();
    expect(calls.ok.every((ok) => ok === 1)).toBe(true);
  });

  it("says of no call that it may take less than nothing", () => {
    expect(found.costs.rungs.every(({ level }) => level !== null && level.low >= 0)).toBe(true);
  });

  it("adds up: steps and what they leave over are the whole", () => {
    const { sum, whole, leftOver, rungs: costs } = found.costs;
    const levels = new Map(costs.map(({ name, level }) => [name, level?.value ?? Number.NaN]));
    expect(sum?.value).toBeCloseTo((levels.get("grpc") as number) - (levels.get("rest") as number), 9);
    expect((sum?.value as number) + (leftOver?.value as number)).toBeCloseTo(whole?.value as number, 9);
  });

  it("is the same when it is read again, from its folder and from a folder of runs", async () => {
    for (const source of [found.run.folder as string, runsFolder]) {
      expect((await ladder({ source })).costs).toEqual(found.costs);
    }
  });

  it("shows the run, the table, what it says, and the waterfall", () => {
    const text = viewOf(found)?.text() ?? "";
    expect(text).toContain("folder: ");
    expect(text).toMatch(/The ladder: medians of rounds/);
    expect(text).toMatch(/add up to [+−].*; measured apart, .* over, which /s);
    expect(text).toMatch(/Where the time goes: from REST to gRPC/);
  });
});
