import { expect, test } from "vitest";
import { linkParameters } from "../experiment/plan/link-choice.js";
import type { Run } from "../record/run.js";
import { sampleInfo } from "../record/testing/samples.js";
import { sampleCalls } from "../show/testing/samples.js";
import { predict } from "./predict.js";
import { publishedTimes } from "./published.js";
import { verdicts } from "./verdicts.js";

const arms = [
  { name: "rest-new-connection", medianMs: 5 },
  { name: "rest", medianMs: 3 },
  { name: "grpc", medianMs: 4 },
];

/** A run of made-up calls over a path; null for one machine. */
function madeUpRun(work: string, roundTripMs: number | null): Run {
  const info = sampleInfo({
    work,
    status: "finished",
    arms: arms.map(({ name }) => ({
      name,
      arm: name,
      protocol: name === "grpc" ? "grpc" : "rest",
      client: "made up",
      server: 0,
      plantedDelayUs: 0,
      callers: 1,
      notMeasured: {},
    })),
    link: roundTripMs === null ? null : { ...linkParameters({ roundTripMs }), pingMs: [roundTripMs + 0.01] },
  });
  const calls = sampleCalls({ arms, pairs: 2 });
  return { info, folder: null, warnings: [], calls: async () => calls };
}

test("a published number stands beside the run of its work over its path, or says what is missing", async () => {
  const rows = await publishedTimes("000", [madeUpRun("add", 1.489)]);
  const find = (arm: string, condition: string, metric: string) =>
    rows.find((row) => row.arm === arm && row.condition === condition && row.metric === metric);
  expect(find("rest", "same zone", "mean of add")).toMatchObject({ publishedMs: 4.229187, remark: "" });
  expect(find("rest", "same zone", "mean of add")?.measured?.value).toBeGreaterThan(2);
  expect(find("rest-new-connection", "local", "mean of add")).toMatchObject({
    measured: null,
    remark: "not measured, it needs a run of add on one machine",
  });
  expect(find("ping", "same zone", "round trip")?.measured?.value).toBeCloseTo(1.499, 9);
  expect(rows.some(({ metric }) => metric.endsWith("of image"))).toBe(false);
});

test("what the path makes impossible, and extremes of other numbers of calls, are not compared", async () => {
  const rows = await publishedTimes("000", [madeUpRun("add", 1.489)]);
  const remarks = (arm: string, metric: string) =>
    rows.flatMap((row) =>
      row.arm === arm && row.metric === metric && row.condition === "same zone" ? [row.remark] : [],
    );
  expect(remarks("grpc", "mean of add")).toEqual(["not comparable: below the post's own ping of 1.489 ms"]);
  expect(remarks("rest", "max of add")[0]).toMatch(/^not comparable: of 1,000 calls there, of /);
});

test("each claim is judged by every run of its work and path, and by no other", async () => {
  const runs = [madeUpRun("add", null), madeUpRun("add", null), madeUpRun("add", 1.489)];
  const table = await verdicts("000", runs);
  const of = (id: string) => table.verdicts.filter(({ claim }) => claim === id);
  // Two readings of the claim, with and without a kept connection, by each of two runs.
  expect(of("000-add-local")).toHaveLength(4);
  expect(of("000-add-zone")).toHaveLength(2);
  expect(of("000-add-zone")[0]?.conditions).toContain("a modelled round trip of 1.489 ms apart");
  expect(of("000-add-region").map(({ direction, missing }) => [direction, missing])).toEqual([
    ["not testable here", "a run of add over a round trip of 35.594 ms"],
    ["not testable here", "a run of add over a round trip of 35.594 ms"],
  ]);
});

test("an encrypted run predicts encrypted calls", async () => {
  const local = madeUpRun("add", 0);
  const encrypted = { ...local, info: { ...local.info, tls: true } };
  const predictions = await predict(encrypted, { roundTripMs: 10 });
  expect(predictions.map(({ linkMs }) => linkMs)).toEqual([30, 10, 10]);
});

test("a prediction is the link's share and the arm's own", async () => {
  const predictions = await predict(madeUpRun("add", 0), { roundTripMs: 10 });
  const linkMs = Object.fromEntries(predictions.map(({ arm, linkMs }) => [arm, linkMs]));
  expect(linkMs).toEqual({ "rest-new-connection": 20, rest: 10, grpc: 10 });
  for (const { ownMs } of predictions) expect(ownMs).toBeGreaterThan(1);
});
