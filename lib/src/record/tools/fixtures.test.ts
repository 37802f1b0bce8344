import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { percentile } from "../../stats/percentiles/percentile.js";
import type { Run } from "../run.js";
import { readCalls } from "./import.js";
import { readNumbers } from "./read-table.js";
import { fixture } from "./testing/fixture.js";

/** What of an arm is counted and timed, failed calls included where `which` says so. */
async function told(run: Run, arm: string, which: "all" | "ok" = "all") {
  const calls = await run.calls();
  const rows = Array.from({ length: calls.length }, (_, row) => row).filter(
    (row) => calls.armNames[calls.arm[row] as number] === arm,
  );
  const good = rows.filter((row) => calls.ok[row] === 1);
  const durationsMs = Float64Array.from(
    which === "all" ? rows : good,
    (row) => calls.durationMs[row] as number,
  ).sort();
  return {
    count: rows.length,
    failures: rows.length - good.length,
    mean: durationsMs.reduce((sum, ms) => sum + ms, 0) / durationsMs.length,
    at: (p: number) => percentile(durationsMs, p),
    nearest: (p: number) => percentile(durationsMs, p, "nearest-rank"),
  };
}

async function printed(file: string) {
  const { numbers } = await readNumbers(fixture(file));
  const inMs: Readonly<Record<string, number>> = { s: 1000, us: 0.001 };
  return (metric: string, arm?: string) => {
    const found = numbers.find(
      (number) => number.metric === metric && (arm === undefined || number.arm === arm),
    );
    if (found === undefined) throw new Error(`${file} has no ${metric}`);
    return found.value * (inMs[found.unit] ?? 1);
  };
}

test("Locust's log has the counts, means and percentiles that Locust printed, within its rounding", async () => {
  const run = await readCalls([fixture("locust-requests.csv.gz")]);
  const [counts = "", percentiles = ""] = readFileSync(fixture("locust.txt"), "utf8").split(
    "percentiles (approximated)",
  );
  expect(run.info.arms.map(({ protocol }) => protocol).sort()).toEqual(["grpc", "rest", "rest"]);
  for (const { name } of run.info.arms) {
    const ours = await told(run, name);
    const cells = (text: string) => {
      const lines = text.split("\n").map((line) => line.replace(/\s+/g, " "));
      const line = lines.find((each) => each.startsWith(`${name} `)) ?? "";
      return line
        .slice(name.length)
        .split("|")
        .map((part) => (part.match(/[\d.]+/g) ?? []).map(Number));
    };
    const [[count, failures] = [], [mean, min, max] = []] = cells(counts);
    expect([ours.count, ours.failures]).toEqual([count, failures]);
    expect([ours.mean, ours.at(0), ours.at(1)].map(Math.floor)).toEqual([mean, min, max]);
    const [[p50 = 0, , , , p90 = 0, p95 = 0] = []] = cells(percentiles);
    for (const [p, theirs] of [
      [0.5, p50],
      [0.9, p90],
      [0.95, p95],
    ] as const)
      expect(Math.abs(ours.at(p) - theirs)).toBeLessThanOrEqual(1);
  }
});

test.each(["k6.json.gz", "k6.csv.gz"])("%s has what k6 summed up of the same run", async (file) => {
  const run = await readCalls([fixture(file)]);
  const calls = await run.calls();
  const export_ = await printed("k6-summary-export.json");
  const names = run.info.arms.map(({ name }) => name);
  expect(names).toEqual([
    "POST http://127.0.0.1:5077/increment",
    "POST add, two numbers",
    "/increment.Incrementer/Increment",
  ]);
  const grpc = await told(run, names[2] as string);
  expect(grpc.mean).toBeCloseTo(export_("mean", "gRPC"), 4);
  for (const [metric, p] of [
    ["min", 0],
    ["median", 0.5],
    ["p90", 0.9],
    ["p95", 0.95],
    ["max", 1],
  ] as const) {
    expect(grpc.at(p)).toBeCloseTo(export_(metric, "gRPC"), 4);
  }
  const [first, second] = [await told(run, names[0] as string), await told(run, names[1] as string)];
  expect(first.count + second.count).toBe(export_("count", "HTTP"));
  expect(first.failures + second.failures).toBe(export_("failures", "HTTP"));
  expect(second.failures).toBeGreaterThan(0);
  expect(grpc.failures).toBeGreaterThan(0);
  expect(new Set(calls.errorCodes)).toContain("k6 error 1400");
  // gRPC's OK is 0 and no failure.
  expect(calls.status.filter((status) => status === 0).length).toBe(grpc.count - grpc.failures);
});

test("k6's two files of one run hold the same calls", async () => {
  const [json, csv] = await Promise.all(
    ["k6.json.gz", "k6.csv.gz"].map((name) => readCalls([fixture(name)])),
  );
  const sorted = async (run: Run | undefined) =>
    [...((await run?.calls())?.durationMs ?? [])].sort((a, b) => a - b);
  expect(await sorted(json)).toEqual(await sorted(csv));
});

test.each(["ghz.json", "ghz-pretty.json.gz"])("%s has what ghz says in the same file", async (file) => {
  const run = await readCalls([fixture(file)]);
  const arm = "increment.Incrementer.Increment";
  const ours = await told(run, arm, "ok");
  const { gunzipSync } = await import("node:zlib");
  const bytes = readFileSync(fixture(file));
  const theirs = JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString()) as {
    count: number;
    fastest: number;
    slowest: number;
    average: number;
    date: string;
    total: number;
    statusCodeDistribution: Record<string, number>;
    latencyDistribution: { percentage: number; latency: number }[];
  };
  expect([ours.count, ours.failures]).toEqual([theirs.count, theirs.statusCodeDistribution.InvalidArgument]);
  expect(run.info.arms).toMatchObject([{ name: arm, protocol: "grpc" }]);
  // Its average is of all calls; its percentiles are those of calls that went well, each one of them measured.
  expect((await told(run, arm)).mean).toBeCloseTo(theirs.average / 1e6, 4);
  for (const { percentage, latency } of theirs.latencyDistribution) {
    const near = [-0.005, 0, 0.005].map((off) =>
      ours.nearest(Math.min(1, Math.max(0, percentage / 100 + off))),
    );
    expect(latency / 1e6).toBeGreaterThanOrEqual(Math.min(...near) - 1e-6);
    expect(latency / 1e6).toBeLessThanOrEqual(Math.max(...near) + 1e-6);
  }
  // Its times are those of the end: all calls lie within what ghz says that it took.
  const { span } = run.info.imported?.files[0] ?? {};
  expect((span?.toMs ?? 0) - (span?.fromMs ?? 0)).toBeLessThanOrEqual(theirs.total / 1e6);
  expect(Date.parse(run.info.startedAt)).toBeGreaterThanOrEqual(Date.parse(theirs.date) - 1000);
});

test("ghz' CSV has calls without times, and errors with commas in them", async () => {
  const run = await readCalls([fixture("ghz.csv")]);
  const calls = await run.calls();
  expect([calls.length, calls.ok.filter((ok) => ok === 0).length]).toEqual([300, 75]);
  expect(calls.errorCodes[1]).toMatch(/2147483647, the largest int32/);
  expect(calls.startMs.every(Number.isNaN)).toBe(true);
  expect(run.info.imported).toMatchObject({
    sliceMs: null,
    files: [{ clock: "none", clockStepMs: null, span: null }],
  });
});

test("hey's CSV has its calls, with the first byte within each", async () => {
  const calls = await (await readCalls([fixture("hey.csv")])).calls();
  expect(calls.length).toBe(400);
  expect(calls.status.every((status) => status === 200)).toBe(true);
  expect(calls.firstByteMs.every((ms, row) => ms <= (calls.durationMs[row] as number) + 0.2)).toBe(true);
  const refused = await (await readCalls([fixture("hey-refused.csv")])).calls();
  expect([refused.length, refused.ok.every((ok) => ok === 0), refused.errorCodes[1]]).toEqual([
    200,
    true,
    "status 400",
  ]);
});

test.each(["h2load", "h2load-failed"])(
  "%s's log has what h2load printed of the calls that were answered",
  async (name) => {
    const run = await readCalls([fixture(`${name}.log`)]);
    const ours = await told(run, name);
    const theirs = await printed(`${name}.txt`);
    expect(ours.count).toBe(theirs("successes"));
    for (const [metric, value] of [
      ["mean", ours.mean],
      ["min", ours.at(0)],
      ["max", ours.at(1)],
    ] as const) {
      expect(Math.abs(value / theirs(metric) - 1)).toBeLessThan(0.005);
    }
  },
);

test.each([
  ["locust-requests-cut.csv", /in the middle of line \d+/],
  ["ghz-cut.json", /in line 1, before its JSON ends/],
  ["k6-cut.json.gz", /in the middle of its gzip stream/],
])("%s is read up to where it is cut off, and the run says so", async (file, where) => {
  const run = await readCalls([fixture(file)]);
  expect((await run.calls()).length).toBeGreaterThan(20);
  expect(run.warnings).toMatchObject([{ code: "cut-off", message: expect.stringMatching(where) }]);
});

test("aggregates keep what was printed, and become no calls", async () => {
  const stats = await printed("locust_stats.csv");
  expect(stats("count", "Aggregated")).toBe(
    stats("count", "POST /add") +
      stats("count", "POST /increment") +
      stats("count", "grpc /increment.Incrementer/Increment"),
  );
  const [text, json] = [await printed("k6-handle-summary.json"), await printed("k6-summary-export.json")];
  for (const metric of ["mean", "median", "p95", "count", "failures"])
    expect(text(metric, "HTTP")).toBe(json(metric, "HTTP"));
  const wrk = await printed("wrk.txt");
  expect(wrk("count") / (wrk("duration") / 1000)).toBeCloseTo(wrk("rate"), -2);
  expect((await printed("wrk-refused.txt"))("failures")).toBe((await printed("wrk-refused.txt"))("count"));
  const cannon = await printed("autocannon.json");
  expect(cannon("rate") * (cannon("duration") / 1000)).toBeGreaterThan(0.8 * cannon("count"));
  expect((await printed("autocannon.txt"))("failures")).toBeGreaterThan(0);
  expect((await printed("hey.txt"))("successes")).toBe(400);
  expect(
    (await readNumbers(fixture("locust_stats_history.csv"))).numbers.some(
      ({ condition }) => condition !== "",
    ),
  ).toBe(true);
  await expect(readCalls([fixture("locust_stats.csv")])).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("none of them"),
  });
  await expect(readNumbers(fixture("hey.csv"))).rejects.toMatchObject({ code: "usage" });
});
