import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readCalls } from "../import.js";
import { readNumbers } from "../read-table.js";
import { fixture, ofBoth, versions } from "../testing/fixture.js";
import { printed } from "../testing/printed.js";

test.each(ofBoth("hey.txt", "hey-failed.txt"))("%s is read number by number", async (file) => {
  const text = readFileSync(fixture(file), "utf8");
  const ours = await printed(file);
  const theirs = (pattern: RegExp) => Number(pattern.exec(text)?.[1]) * 1000;
  expect(ours("mean")).toBeCloseTo(theirs(/Average:\s+([\d.]+)/), 9);
  expect(ours("median")).toBeCloseTo(theirs(/ 50%+ in ([\d.]+)/), 9);
  expect(ours("p95")).toBeCloseTo(theirs(/ 95%+ in ([\d.]+)/), 9);
  expect(ours("successes") + ours("failures")).toBe(file.includes("failed") ? 60 : 400);
});

test.each(ofBoth("locust_stats.csv"))("%s adds up, and its history has moments", async (file, version) => {
  const stats = await printed(file);
  expect(stats("count", "Aggregated")).toBe(
    stats("count", "POST /add") +
      stats("count", "POST /increment") +
      stats("count", "grpc /increment.Incrementer/Increment"),
  );
  const { numbers } = await readNumbers(fixture(`${version}locust_stats_history.csv`));
  expect(numbers.some(({ condition }) => condition !== "")).toBe(true);
});

test.each(["locust-1.0", "locust-0.14"])("%s's files have what it printed of the same run", async (name) => {
  const { numbers, notes } = await readNumbers(fixture(`second/${name}_stats.csv`));
  expect(notes.join()).not.toContain("cut off");
  expect([...new Set(numbers.map(({ arm }) => arm))]).toEqual(["POST /add", "POST /increment", "Aggregated"]);
  const stats = await printed(`second/${name}_stats.csv`);
  const history = await readNumbers(fixture(`second/${name}_stats_history.csv`));
  const lines = readFileSync(fixture(`second/${name}.txt`), "utf8").split("\n");
  for (const arm of ["POST /add", "POST /increment", "Aggregated"]) {
    const path = arm.replace("POST ", "");
    const [count, failures, , mean, min, max, median] = numbersIn(
      lines.find((line) => line.trim().startsWith(`${arm} `)),
    );
    expect(["count", "failures", "mean", "min", "max", "median"].map((metric) => stats(metric, arm))).toEqual(
      [count, failures, mean, min, max, median],
    );
    expect(failures).toBe(arm === "POST /increment" ? 0 : stats("failures", "POST /add"));
    const row = lines.findLast((line) => new RegExp(`^ (POST|None) +${path} `).test(line));
    expect(
      ["count", "median", "p66", "p75", "p80", "p90", "p95", "p98", "p99", "p99.9", "p99.99"].map((metric) =>
        stats(metric, arm),
      ),
    ).toEqual(numbersIn(row).slice(0, 11));
    const counts = history.numbers.filter((number) => number.arm === arm && number.metric === "count");
    expect(counts.at(-1)?.value).toBeLessThanOrEqual(count as number);
    expect(counts.every(({ condition }) => /^\d{10}$/.test(condition))).toBe(true);
  }
  // What Locust writes where it has no percentiles yet is none of them.
  expect(history.numbers.filter(({ metric, value }) => metric === "p66" && value === 0)).toEqual([]);
});

/** Those behind a name. */
function numbersIn(line = ""): readonly number[] {
  return (line.match(/(?<=[\s(])[\d.]+/g) ?? []).map(Number);
}

test.each(ofBoth("autocannon.json", "autocannon-failed.json"))(
  "%s is read number by number",
  async (file) => {
    const theirs = JSON.parse(readFileSync(fixture(file), "utf8")) as {
      duration: number;
      non2xx: number;
      requests: { total: number; average: number };
      latency: Readonly<Record<string, number>>;
    };
    const ours = await printed(file);
    const { latency, requests } = theirs;
    expect([ours("count"), ours("rate"), ours("duration")]).toEqual([
      requests.total,
      requests.average,
      theirs.duration * 1000,
    ]);
    expect([ours("mean"), ours("median"), ours("p90"), ours("p99"), ours("p99.9"), ours("max")]).toEqual([
      latency.average,
      latency.p50,
      latency.p90,
      latency.p99,
      latency.p99_9 ?? latency.p999,
      latency.max,
    ]);
    expect(ours("rate") * (ours("duration") / 1000)).toBeGreaterThan(0.8 * ours("count"));
  },
);

test.each(ofBoth("autocannon.txt"))("%s is read number by number", async (file, version) => {
  const text = readFileSync(fixture(file), "utf8");
  const ours = await printed(file);
  const theirs = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
  expect(ours("failures")).toBe(theirs(/(\d+) non 2xx/));
  for (const percent of ["90", "99", "99.9"])
    expect(ours(`p${percent}`)).toBe(theirs(new RegExp(`^[│ ]*${percent} +│? *(\\d+)`, "m")));
  expect(ours("median")).toBe(theirs(/^[│ ]*50 +│? *(\d+)/m));
  // Every call was refused, at a rate over the two seconds.
  expect(ours("rate") / (ours("failures") / 2)).toBeCloseTo(1, 1);
  const failed = await printed(`${version}autocannon-failed.txt`);
  expect(failed("mean")).toBeLessThanOrEqual(failed("max"));
});

test("aggregates keep what was printed, and become no calls", async () => {
  for (const version of versions) {
    const [text, json] = [
      await printed(`${version}k6-handle-summary.json`),
      await printed(`${version}k6-summary-export.json`),
    ];
    for (const metric of ["mean", "median", "p95", "count", "failures"])
      expect(text(metric, "HTTP")).toBe(json(metric, "HTTP"));
  }
  const wrk = await printed("wrk.txt");
  expect(wrk("count") / (wrk("duration") / 1000)).toBeCloseTo(wrk("rate"), -2);
  expect((await printed("wrk-refused.txt"))("failures")).toBe((await printed("wrk-refused.txt"))("count"));
  await expect(readCalls([fixture("locust_stats.csv")])).rejects.toMatchObject({
    code: "usage",
    message: expect.stringContaining("none of them"),
  });
  await expect(readNumbers(fixture("hey.csv"))).rejects.toMatchObject({ code: "usage" });
});
