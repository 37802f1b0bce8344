import { expect, test } from "vitest";
import { type ComparedRun, comparedNumbers, comparedRun } from "../../analysis/runs/compared-run.js";
import { armNumbers, plainValue } from "../../analysis/runs/run-metric.js";
import { summariseArm } from "../../analysis/summarise.js";
import { parseOperation } from "../../arms/operation/operation.js";
import type { Calls } from "../../record/calls.js";
import type { ImportedFile, ImportedInfo } from "../../record/imported-info.js";
import type { ArmInfo, RunInfo } from "../../record/run-info.js";
import { sampleInfo } from "../../record/testing/samples.js";
import { thresholdNotes } from "../../show/cards/runs-compared.js";
import { type SampleArm, type SampleOptions, sampleCalls } from "../../show/testing/samples.js";
import { parseThreshold } from "../thresholds/threshold.js";
import { sayAgainstBaseline } from "./run-words.js";
import { type CompareRunsPlan, compareWithBaseline, usualRunMetrics } from "./runs-compared.js";

interface Sample extends SampleOptions {
  readonly info?: Partial<RunInfo>;
}

async function run(
  label: string,
  arms: readonly SampleArm[],
  { info, ...options }: Sample = {},
): Promise<ComparedRun> {
  const { pairs = 3 } = options;
  const calls = sampleCalls({ pairs, blocks: 12, callsPerRound: 60, ...options, arms });
  const [template] = sampleInfo().arms;
  if (template === undefined) throw new Error("a sample has an arm");
  const known = sampleInfo({ pairs, arms: arms.map(({ name }) => ({ ...template, name })), ...info });
  return comparedRun({ info: known, folder: null, warnings: [], calls: async () => calls }, label);
}

const rest = (medianMs: number): SampleArm => ({ name: "rest", medianMs });
const plan: CompareRunsPlan = { metrics: usualRunMetrics, thresholds: [], differentQuestions: false };
const usual = await run("before", [rest(1), { name: "grpc", medianMs: 2 }]);

function wordOf(other: ComparedRun, metric: string, baseline = usual): string | undefined {
  const [against] = compareWithBaseline(baseline, [other], {
    ...plan,
    metrics: ["median", "rate", "p99"],
  }).runs;
  return against?.changes.find((change) => change.metric === metric && change.arm === "rest")?.word;
}

function outcomeOf(text: string, other: ComparedRun | null, baseline = usual): string | undefined {
  const thresholds = [parseThreshold(text)];
  return compareWithBaseline(baseline, other === null ? [] : [other], { ...plan, thresholds }).thresholds[0]
    ?.outcome;
}

test("a slower run is slower by every metric, as much as it was made, and the other way round", async () => {
  const slow = await run("after", [rest(1.5)]);
  const [against] = compareWithBaseline(usual, [slow], plan).runs;
  const median = against?.changes.find(({ metric }) => metric === "median");
  expect(median?.change?.value).toBeCloseTo(1.5, 1);
  expect(median).toMatchObject({ word: "slower" });
  const slowest = await run("later", [rest(4)]);
  expect([wordOf(slowest, "rate"), wordOf(usual, "median", slow)]).toEqual(["slower", "faster"]);
  expect(against?.onlyInBaseline).toEqual(["grpc"]);
  expect(against?.changes.some(({ metric }) => metric === "error rate")).toBe(false);
});

test("a run beside itself is no change that counts", () => {
  expect(["negligible", "undecided"]).toContain(wordOf(usual, "median"));
});

test("a percentile of too few calls is refused with the number it takes", async () => {
  const few = await run("few", [rest(1)], { callsPerRound: 5 });
  const [against] = compareWithBaseline(usual, [few], plan).runs;
  const notes = against === undefined ? [] : sayAgainstBaseline(against, "before");
  expect(notes.join("\n")).toMatch(/No verdict on the p99 of rest: in few p99 needs \d+ calls/);
});

test("thresholds fail where the whole interval is beyond, pass where none is, and are undecided between", async () => {
  const slow = await run("after", [rest(1.5), { name: "grpc", medianMs: 2 }]);
  expect(outcomeOf("median rest > 1.2 * baseline", slow)).toBe("fails");
  expect(outcomeOf("median rest > 2 * baseline", slow)).toBe("passes");
  expect(outcomeOf("median rest > 1.5 * baseline", slow)).toBe("undecided");
  expect(outcomeOf("median rest > 1 ms", slow)).toBe("fails");
  expect(outcomeOf("rate rest < 0.9 * baseline", slow)).toBe("fails");
  expect(outcomeOf("rate rest < 1 /s", slow)).toBe("passes");
  expect(outcomeOf("median rest / grpc > 0.6", slow)).toBe("fails");
  expect(outcomeOf("median rest / grpc > 1.2 * baseline", slow)).toBe("fails");
  expect(outcomeOf("error rate rest > 50 %", slow)).toBe("passes");
  expect(outcomeOf("cpu rest > 1 ms", slow)).toBe("undecided");
});

test("one run alone is held to its own numbers, and a baseline that is not there is asked for", () => {
  expect(outcomeOf("median rest > 5 ms", null)).toBe("passes");
  expect(() => outcomeOf("median rest > 2 * baseline", null)).toThrow(/takes a baseline/);
});

test("an arm that the baseline lacks leaves a threshold undecided, and one that no run has is a mistake", async () => {
  const more = await run("after", [rest(1), { name: "new", medianMs: 1 }]);
  const thresholds = [parseThreshold("p99 new > 2 * baseline")];
  const {
    thresholds: [result],
  } = compareWithBaseline(usual, [more], { ...plan, thresholds });
  expect(result).toMatchObject({ outcome: "undecided", why: "before has no new" });
  expect(() => outcomeOf("p99 typo > 2 ms", more)).toThrow(
    /no arm "typo" .* there are "rest", "grpc", "new"/,
  );
});

/** A run of the arm rest, of which those calls fail. */
async function failingRun(
  label: string,
  fails: (row: number, calls: Calls) => boolean,
): Promise<ComparedRun> {
  const calls = sampleCalls({ arms: [rest(1)], pairs: 3, blocks: 12, callsPerRound: 60 });
  const failed = { ...calls, ok: calls.ok.map((_, row) => (fails(row, calls) ? 0 : 1)) };
  const info = sampleInfo({ arms: sampleInfo().arms.slice(0, 1) });
  return comparedRun({ info, folder: null, warnings: [], calls: async () => failed }, label);
}

test("what nothing is left of cannot be held: no call succeeded, or an arm of the baseline is gone", async () => {
  const dead = await failingRun("dead", () => true);
  for (const text of ["p99 rest > 1.10 * baseline", "rate rest < 0.9 * baseline", "median rest > 1 s"]) {
    expect(outcomeOf(text, dead)).toBe("cannot be held");
  }
  expect(outcomeOf("median rest > 1 s", null, dead)).toBe("cannot be held");
  expect(outcomeOf("median rest > 2 * baseline", usual, dead)).toBe("cannot be held");
  expect(outcomeOf("error rate rest > 1 %", dead)).toBe("fails");
  for (const text of ["median grpc > 1 s", "p99 grpc > 2 * baseline", "median rest / grpc > 9"]) {
    expect(outcomeOf(text, dead)).toBe("cannot be held");
  }
  const thresholds = [parseThreshold("median * > 2 * baseline")];
  expect(
    thresholdNotes(compareWithBaseline(usual, [dead], { ...plan, thresholds }).thresholds).join("\n"),
  ).toMatch(/since in dead none of its warm calls succeeded: .*\n.*since dead has no grpc: /);
});

test("of runs that asked different things of an arm nothing is concluded, unless somebody wants it", async () => {
  const [template] = sampleInfo().arms as [ArmInfo];
  const many = await run("many", [rest(1), { name: "grpc", medianMs: 2 }], {
    info: {
      arms: ["rest", "grpc"].map((name) => ({ ...template, name, callers: name === "rest" ? 16 : 1 })),
    },
  });
  const wanted = {
    ...plan,
    metrics: ["median"],
    thresholds: [parseThreshold("median * > 2 * baseline")],
  } as const;
  const held = compareWithBaseline(usual, [many], wanted);
  expect(held.thresholds.map(({ outcome }) => outcome)).toEqual(["cannot be held", "passes"]);
  expect(held.thresholds[0]?.why).toMatch(/different questions \(callers of rest: 1, now 16\)/);
  expect(held.runs[0]?.changes.map(({ word }) => word)).toEqual(["no verdict", "negligible"]);
  expect(outcomeOf("median rest > 1 s", many)).toBe("passes");
  const lenient = compareWithBaseline(usual, [many], { ...wanted, differentQuestions: true });
  expect(lenient.thresholds.map(({ outcome }) => outcome)).toEqual(["passes", "passes"]);
  expect(lenient.runs[0]?.changes.map(({ word }) => word)).toEqual(["negligible", "negligible"]);
});

test("one process that is client and server decides nothing, whatever is said of questions", async () => {
  const inOne = { info: { host: "in-process" } } as const;
  const arms = (ms: number) => [rest(ms), { name: "grpc", medianMs: 2 }];
  const [one, slow] = [await run("one", arms(1), inOne), await run("slow", arms(4), inOne)];
  expect(wordOf(slow, "median", one)).toBe("no verdict");
  const texts = ["median rest > 2 * baseline", "median rest / grpc > 1.2", "median rest > 1 s"];
  const thresholds = texts.map(parseThreshold);
  const held = compareWithBaseline(one, [slow], { ...plan, thresholds, differentQuestions: true });
  expect(held.thresholds.map(({ outcome }) => outcome)).toEqual([
    "cannot be held",
    "cannot be held",
    "passes",
  ]);
  expect(held.thresholds[1]?.why).toBe("in slow one process was client and server, so it decides nothing");
});

test("a ratio of two operations says that they may not do the same work", async () => {
  const [template] = sampleInfo().arms as [ArmInfo];
  const operation = (path: string) =>
    parseOperation({ kind: "rest", url: `http://127.0.0.1:8080/${path}` }, path);
  const own = await run("own", [rest(1), { name: "grpc", medianMs: 2 }], {
    info: {
      arms: ["rest", "grpc"].map((name) => ({ ...template, name, operation: name })),
      service: { operations: { rest: operation("a"), grpc: operation("b") }, sameWork: false, bounds: null },
    },
  });
  const thresholds = [parseThreshold("median rest / grpc > 9"), parseThreshold("median rest > 1 s")];
  const { thresholds: results } = compareWithBaseline(own, [], { ...plan, thresholds });
  expect(results.map(({ outcome }) => outcome)).toEqual(["passes", "passes"]);
  expect(thresholdNotes(results)).toEqual([
    expect.stringMatching(/^Of median rest \/ grpc > 9 in own: Whether they do the same work is not known/),
  ]);
});

test("errors are told where there are any, as a difference", async () => {
  const failing = await failingRun("failing", (row) => row % 5 === 0);
  const [against] = compareWithBaseline(usual, [failing], plan).runs;
  const errors = against?.changes.find(({ metric }) => metric === "error rate");
  expect(errors).toMatchObject({ word: "more errors" });
  expect(errors?.change?.value).toBeCloseTo(0.2, 2);
  expect(outcomeOf("error rate rest > 10 %", failing)).toBe("fails");
});

test("an error rate counts failures of warm-up too, by calls and not by rows, as a summary does", async () => {
  const inWarmup = await failingRun("cold", (row, { warmup }) => warmup[row] === 1);
  const [against] = compareWithBaseline(usual, [inWarmup], { ...plan, metrics: ["error rate"] }).runs;
  expect(against?.changes[0]?.change?.value).toBeCloseTo(2 / 12, 12);
  const calls = sampleCalls({ arms: [{ ...rest(1), batch: 1000 }], pairs: 2, blocks: 12 });
  const first = calls.ok.map((_, row) => (row === 0 ? 0 : 1));
  const ofBatches = { ...calls, ok: first, calls: calls.calls.map((count, row) => (row === 0 ? count : 1)) };
  const rate = armNumbers(ofBatches, "rest", sampleInfo())("error rate");
  const { errorRate, failed } = summariseArm(ofBatches, "rest", sampleInfo());
  expect(failed).toBe(1000);
  expect(plainValue(rate)).toBe(errorRate);
});

const file: Omit<ImportedFile, "durationStepMs"> = {
  ...{
    file: "calls.csv",
    sizeBytes: 1,
    sha256: "",
    tool: "a tool",
    version: null,
    format: "CSV",
    clock: "start",
  },
  ...{ clockStepMs: 0, covers: "as a whole", calls: 1, span: { fromMs: 0, toMs: 1e4 } },
};

test("what rounding may have made moves the interval out, and takes a verdict away", async () => {
  const imported = (durationStepMs: number): ImportedInfo => ({
    files: [{ ...file, durationStepMs }],
    sliceMs: 100,
  });
  const read = (label: string, medianMs: number, durationStepMs: number) =>
    run(label, [rest(medianMs)], { info: { imported: imported(durationStepMs), host: "remote" } });
  const rounded = (durationStepMs: number) => read("rounded", 1.4, durationStepMs);
  const exact = await read("exact", 1, 0);
  const [fine, coarse] = [await rounded(0.01), await rounded(1)];
  expect([wordOf(fine, "median", exact), wordOf(coarse, "median", exact)]).toEqual(["slower", "no verdict"]);
  const [against] = compareWithBaseline(exact, [coarse], { ...plan, metrics: ["median"] }).runs;
  const notes = against === undefined ? "" : sayAgainstBaseline(against, "before").join("\n");
  expect(notes).toMatch(/finer than the data, for durations in rounded are rounded to 1 ms/);
  expect(notes).toMatch(/Machine and versions are not told by exact and rounded\./);
  expect(outcomeOf("median rest > 1.2 ms", fine)).toBe("fails");
  expect(outcomeOf("median rest > 1.2 ms", coarse)).toBe("undecided");
});

test("numbers without calls stand beside a run and decide nothing", () => {
  const number = { arm: "rest", condition: "", digits: "" };
  const printed = comparedNumbers(
    {
      ...{ file: "wrk.txt", tool: "wrk", format: "wrk", notes: [] },
      numbers: [
        { ...number, metric: "median", unit: "us", value: 2000 },
        { ...number, metric: "failures", unit: "calls", value: 1 },
        { ...number, metric: "count", unit: "calls", value: 100 },
      ],
    },
    "wrk.txt",
  );
  expect(printed.number("rest", "median")).toMatchObject({ kind: "told", value: 2 });
  expect(printed.number("rest", "error rate")).toMatchObject({ kind: "told", value: 0.01 });
  expect(wordOf(printed, "median")).toBe("no verdict");
  expect(outcomeOf("median rest > 1.1 * baseline", printed)).toBe("undecided");
});

test("what differs is told, a different question first", async () => {
  const info = sampleInfo();
  const other = await run("other", [rest(1)], {
    info: {
      arms: info.arms.slice(0, 1).map((arm) => ({ ...arm, callers: 16 })),
      startedAt: "2026-11-22T03:42:00.123Z",
      environment: { ...info.environment, node: "v24.1.0" },
      blocks: 99,
    },
  });
  const [against] = compareWithBaseline(usual, [other], plan).runs;
  const notes = against === undefined ? [] : sayAgainstBaseline(against, "before");
  expect(notes[0]).toMatch(/different questions.*callers of rest: 1, now 16/);
  expect(notes.join("\n")).toMatch(/Machine and versions differ: node: v20\.20\.2, now v24\.1\.0\./);
  expect(notes.join("\n")).toMatch(/blocks: \d+, now 99/);
  expect(notes.join("\n")).toMatch(/fewer than ten pairs/);
});

test("ten fresh pairs in both speak for other processes", async () => {
  const [a, b] = [await run("a", [rest(1)], { pairs: 10 }), await run("b", [rest(1)], { pairs: 10 })];
  expect(compareWithBaseline(a, [b], plan).runs[0]?.scope).toBe("fresh processes on this machine");
  expect(compareWithBaseline(a, [usual], plan).runs[0]?.scope).toBe("these processes only");
});
