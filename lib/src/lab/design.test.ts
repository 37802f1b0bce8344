import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { temporaryFolder } from "../record/testing/samples.js";
import { type Carry, carryOut, type DesignCell, type DesignOptions, type Outcome } from "./design.js";

/** As little as can be measured, in this process. */
const small = {
  host: "in-process",
  arms: ["rest", "grpc"],
  blocks: 2,
  warmupBlocks: 0,
  callsPerRound: 2,
} as const;
const cell = (name: string, options: Partial<DesignCell["options"]> = {}): DesignCell => ({
  name,
  options: { ...small, ...options },
});
const two = [cell("sample"), cell("sample-b")] as const;
/** Answers take longer than they may. */
const failing = cell("sample-b", {
  arms: [{ name: "rest", plantedDelayUs: 20_000 }],
  timeoutMs: 1,
  failuresInARow: 1,
});

function carryAll(
  cells: readonly DesignCell[],
  options: DesignOptions,
  before: (at: number) => void = () => {},
) {
  const run = async (carry: Carry) => {
    const outcomes: Outcome[] = [];
    for (const [at, one] of cells.entries()) {
      before(at);
      outcomes.push(await carry(one));
    }
    return outcomes;
  };
  return carryOut({ cells: cells.length, first: "sample", run }, options);
}

const kinds = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => (outcome.kind === "run" ? (outcome.wasThere ? "read" : "measured") : "failed"));
const seeds = (outcomes: readonly Outcome[]) =>
  new Set(outcomes.flatMap((outcome) => (outcome.kind === "run" ? [outcome.run.info.seed] : [])));

test("an interrupted design goes on where it was, and a finished one is measured again", async () => {
  const runsFolder = temporaryFolder();
  const stop = new AbortController();
  const interrupted = carryAll(two, { runsFolder, signal: stop.signal }, (at) => at === 1 && stop.abort());
  await expect(interrupted).rejects.toMatchObject({
    code: "interrupted",
    message: expect.stringMatching(/after 1 of about 2 runs: run it again to go on/),
  });
  const goneOn = await carryAll(two, { runsFolder });
  expect(kinds(goneOn)).toEqual(["read", "measured"]);
  expect(seeds(goneOn).size).toBe(1);
  const again = await carryAll(two, { runsFolder });
  expect(kinds(again)).toEqual(["measured", "measured"]);
  expect(seeds(again)).not.toEqual(seeds(goneOn));
  expect(readdirSync(runsFolder)).toHaveLength(4);
});

test("what would be measured otherwise now, and anything with anew, is not read", async () => {
  const runsFolder = temporaryFolder();
  await carryAll(two.slice(0, 1), { runsFolder });
  const other = [cell("sample", { callsPerRound: 3 }), cell("sample-b")];
  expect(kinds(await carryAll(other, { runsFolder }))).toEqual(["measured", "measured"]);
  await carryAll(two.slice(0, 1), { runsFolder, anew: true });
  expect(kinds(await carryAll(two, { runsFolder, anew: true }))).toEqual(["measured", "measured"]);
});

test("a cell that fails leaves the others standing, and is tried again", async () => {
  const runsFolder = temporaryFolder();
  const outcomes = await carryAll([cell("sample"), failing, cell("sample-c")], { runsFolder });
  expect(kinds(outcomes)).toEqual(["measured", "failed", "measured"]);
  expect(outcomes[1]).toMatchObject({ reason: expect.stringContaining("stopped early") });
  const again = await carryAll([cell("sample"), cell("sample-b"), cell("sample-c")], { runsFolder });
  expect(kinds(again)).toEqual(["read", "measured", "read"]);
});

test("a source is read and nothing is measured; what it has not is missing", async () => {
  const source = temporaryFolder();
  await carryAll(two, { runsFolder: source });
  const read = await carryAll([...two, cell("sample-c")], { source });
  expect(read.map(({ kind }) => kind)).toEqual(["run", "run", "failed"]);
  expect(readdirSync(source)).toHaveLength(2);
});

test("a cell that is too much for this machine is said and left out", async () => {
  const runsFolder = temporaryFolder();
  const large = cell("sample-b", { arms: [{ name: "rest", callers: 1e7 }] });
  const outcomes = await carryAll([cell("sample"), large], { runsFolder });
  expect(kinds(outcomes)).toEqual(["measured", "failed"]);
  expect(outcomes[1]).toMatchObject({
    reason: expect.stringMatching(
      /^The run needs 20,000,060 open files in this process, which is client and server, and/,
    ),
  });
});

test("a wrong option ends the design before anything is started", async () => {
  const runsFolder = temporaryFolder();
  const wrong = [cell("sample", { work: "payload", size: -1 }), two[1]];
  await expect(carryAll(wrong, { runsFolder })).rejects.toMatchObject({ code: "usage" });
  expect(readdirSync(runsFolder)).toEqual([]);
});
