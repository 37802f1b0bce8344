import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { percentile } from "../../../stats/percentiles/percentile.js";
import type { Run } from "../../run.js";
import { readCalls } from "../import.js";
import { fixture, ofBoth, versions } from "../testing/fixture.js";
import { printed } from "../testing/printed.js";

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

test.each(ofBoth("locust-requests.csv.gz"))(
  "%s has the counts, means and percentiles that Locust printed, within its rounding",
  async (file, version) => {
    const run = await readCalls([fixture(file)]);
    const [counts = "", percentiles = ""] = readFileSync(fixture(`${version}locust.txt`), "utf8").split(
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
  },
);

test.each(ofBoth("k6.json.gz", "k6.csv.gz"))(
  "%s has what k6 summed up of the same run",
  async (file, version) => {
    const run = await readCalls([fixture(file)]);
    const calls = await run.calls();
    const export_ = await printed(`${version}k6-summary-export.json`);
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
  },
);

test.each(ofBoth("k6.json.gz"))(
  "%s and the CSV of the same run hold the same calls",
  async (file, version) => {
    const [json, csv] = await Promise.all(
      [file, `${version}k6.csv.gz`].map((name) => readCalls([fixture(name)])),
    );
    const sorted = async (run: Run | undefined) =>
      [...((await run?.calls())?.durationMs ?? [])].sort((a, b) => a - b);
    expect(await sorted(json)).toEqual(await sorted(csv));
  },
);

test.each(ofBoth("ghz.json", "ghz-pretty.json.gz"))("%s has what ghz says in the same file", async (file) => {
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

test.each(ofBoth("ghz.csv"))("%s has calls without times, and errors with commas in them", async (file) => {
  const run = await readCalls([fixture(file)]);
  const calls = await run.calls();
  expect([calls.length, calls.ok.filter((ok) => ok === 0).length]).toEqual([300, 75]);
  expect(calls.errorCodes[1]).toMatch(/2147483647, the largest int32/);
  expect(calls.startMs.every(Number.isNaN)).toBe(true);
  expect(run.info.imported).toMatchObject({
    sliceMs: null,
    files: [{ clock: "none", clockStepMs: null, span: null }],
  });
});

test.each(ofBoth("hey.csv"))(
  "%s has its calls, with the first byte within each, after all that came before",
  async (file, version) => {
    const calls = await (await readCalls([fixture(file)])).calls();
    expect(calls.length).toBe(400);
    expect(calls.status.every((status) => status === 200)).toBe(true);
    const rows = readFileSync(fixture(file), "utf8")
      .split("\n")
      .slice(1, -1)
      .map((row) => row.split(",").map((cell) => Number(cell) * 1000));
    for (const [row, [, dialup = 0, , write = 0, delay = 0]] of rows.entries()) {
      const ms = calls.firstByteMs[row] as number;
      expect(ms).toBeLessThanOrEqual(calls.durationMs[row] as number);
      expect(ms).toBeGreaterThanOrEqual(dialup + write + delay - 0.3);
    }
    const refused = await (await readCalls([fixture(`${version}hey-refused.csv`)])).calls();
    expect([refused.length, refused.ok.every((ok) => ok === 0), refused.errorCodes[1]]).toEqual([
      200,
      true,
      "status 400",
    ]);
  },
);

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

test.each(
  versions.flatMap((version) => [
    [`${version}locust-requests-cut.csv`, /in the middle of line \d+/] as const,
    [`${version}ghz-cut.json`, /in line 1, before its JSON ends/] as const,
    [`${version}k6-cut.json.gz`, /in the middle of its gzip stream/] as const,
  ]),
)("%s is read up to where it is cut off, and the run says so", async (file, where) => {
  const run = await readCalls([fixture(file)]);
  expect((await run.calls()).length).toBeGreaterThan(20);
  expect(run.warnings).toMatchObject([{ code: "cut-off", message: expect.stringMatching(where) }]);
});
