import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analysisText, analyzeRecords } from "./analysis.js";
import { benchFigures } from "./figures.js";
import { readRecord, recordText } from "./record-file.js";
import { resultsOf } from "./results.js";
import { folderWithImage } from "./testing/image-file.js";
import { sampleRecord } from "./testing/record.js";
import { benchText } from "./text.js";

const inFile = (text: string) => {
  const path = join(folderWithImage().folder, "results.json");
  writeFileSync(path, text);
  return path;
};

type Sample = ReturnType<typeof sampleRecord>;

const withArms = (
  record: Sample,
  change: (arm: Sample["arms"][number]) => Sample["arms"][number],
): Sample => ({
  ...record,
  arms: record.arms.map(change),
});

describe("a results file", () => {
  it("gives the same results again, whatever was computed from it before", () => {
    const record = sampleRecord();
    const results = resultsOf([record]);
    const read = readRecord(inFile(recordText({ ...results, comparisons: "forged", scaling: null })));
    expect(resultsOf([read])).toEqual(results);
  });

  it("gives the part of a request that was not the server's work, where answers say what that was", () => {
    const record = sampleRecord();
    const [rest] = resultsOf([record]).arms;
    expect(rest?.metrics.networkOverheadMs).toBeCloseTo(0.75 * (rest?.metrics.p50Ms?.value ?? 0), 5);
    const text = benchText(resultsOf([record]));
    expect(text).toMatch(/^rest of the request +\d/m);
    expect(text).toMatch(/^The rest of the request is the client's time less the server's own/m);
    const silent = record.arms.map((arm) => ({
      ...arm,
      notMeasured: { serverMs: "it does not say" },
      calls: { ...arm.calls, serverMs: arm.calls.serverMs.map(() => null) },
    }));
    const { networkOverheadMs, notMeasured } =
      resultsOf([{ ...record, arms: silent }]).arms[0]?.metrics ?? {};
    expect([networkOverheadMs, notMeasured?.networkOverheadMs]).toEqual([null, "it does not say"]);
  });

  it("has each column on one line, and can hold what a run holds", () => {
    const text = recordText(sampleRecord());
    expect(text).toMatch(/^ +"durationMs": \[[\d.,]+\],$/m);
    expect(text).toMatch(/^ +"firstByteMs": \[[\d.,nul]+\],$/m);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(sampleRecord())));
  });

  it.each([
    ["{", /results\.json is not a results file of wirelab bench: it is not whole JSON\.$/],
    ["{}", /its format is not "wirelab-bench\/1"/],
    ["[]", /its content: /],
    [JSON.stringify({ ...sampleRecord(), arms: [] }), /arms: /],
    [recordText(sampleRecord()).replace('"ok": [1', '"ok": [2'), /arms\.0\.calls\.ok\.0: /],
    [
      recordText(sampleRecord()).replace('"ok": [1,', '"ok": ['),
      /arms\.0\.calls: its columns differ in length/,
    ],
    [
      recordText(sampleRecord()).replace('"error": [0', '"error": [9'),
      /arms: an error that it does not name/,
    ],
  ])("is refused in a sentence when it is wrong: %.20s", (text, sentence) => {
    expect(() => readRecord(inFile(text))).toThrow(sentence);
  });

  it("is refused when it is not there", () => {
    expect(() => readRecord("gone.json")).toThrow(/gone\.json is not a results file.*there is no such file/);
  });
});

describe("several results files", () => {
  const named = (...records: ReturnType<typeof sampleRecord>[]) =>
    records.map((record, i) => ({ path: `${i + 1}.json`, record }));

  it("of one setting are read one by one and as one, each a pair of its own", () => {
    const { files, pooled } = analyzeRecords(named(sampleRecord(1), sampleRecord(2)));
    const requests = files.map(({ results }) => results.arms[0]?.metrics.requests ?? 0);
    expect(pooled?.results.arms[0]?.metrics.requests).toBe((requests[0] ?? 0) + (requests[1] ?? 0));
    expect(pooled?.results.comparisons[0]?.scope).toBe("these processes only");
    const errors = pooled?.results.arms[1]?.metrics.errors;
    expect(errors).toEqual({ INTERNAL: 2 });
  });

  it("say what the servers used, which is added up over all files", () => {
    const [first, second] = [sampleRecord(1), sampleRecord(2)];
    const metrics = analyzeRecords(named(first, second)).pooled?.results.arms[0]?.metrics;
    expect(metrics?.serverCpuMsPerRequest).toBeCloseTo((12 + (0.1 + 0.2) / 3) / 24, 2);
    expect(metrics?.notMeasured.serverMemoryBytes).toMatch(/ran before/);
    const [comparison] = resultsOf([first]).comparisons;
    expect(comparison?.cpu?.value).toBeCloseTo(12 / 18, 2);
    expect(comparison?.sentence).toMatch(/; REST used [\d.]+ to [\d.]+ times the CPU time of gRPC/);
  });

  it("of another setting or server are only read one by one, and it says why", () => {
    const record = sampleRecord(2);
    const slower = { ...record, environment: { ...record.environment, cpu: "another" } };
    for (const [other, reason] of [
      [{ ...record, work: "add" }, "their work differs"],
      [
        { ...record, concurrency: [3], arms: record.arms.slice(1) },
        "their arms or levels of concurrency differ",
      ],
      [sampleRecord(1), "one run is there twice"],
      [slower, "their machines or software differ"],
      [{ ...record, servers: "ba9876543210" }, "they called servers at different addresses"],
      [withArms(record, (arm) => ({ ...arm, client: "another" })), "their clients differ"],
      [{ ...record, requests: 3 * record.requests }, "their numbers of requests differ"],
      [{ ...record, timeoutMs: 1 }, "their time-outs differ"],
    ] satisfies [ReturnType<typeof sampleRecord>, string][]) {
      const analysis = analyzeRecords(named(sampleRecord(1), other));
      expect(analysis).toMatchObject({ pooled: null, unlike: reason });
      expect(analysisText(analysis)).toContain(`The files are not read as one: ${reason}.`);
    }
  });
});

describe("files whose servers the record cannot tell apart", () => {
  const pixel = {
    file: "a.png",
    sizeBytes: 4,
    sha256: "a".repeat(64),
    contentType: "image/png",
    answer: "7",
  };
  const sending = (record: Sample, answer: string): Sample => ({ ...record, input: { ...pixel, answer } });
  const unlike = (first: Sample, second: Sample) =>
    analyzeRecords([first, second].map((record, i) => ({ path: `${i}`, record }))).unlike;

  it("are told apart by what they answered", () => {
    expect(unlike(sending(sampleRecord(1), "7"), sending(sampleRecord(2), "7"))).toBeNull();
    expect(unlike(sending(sampleRecord(1), "7"), sending(sampleRecord(2), "1"))).toBe(
      "their servers answered differently",
    );
  });

  it("are told apart by medians of one arm whose intervals do not meet", () => {
    const tenfold = withArms(sampleRecord(2), (arm) =>
      arm.name === "rest"
        ? arm
        : { ...arm, calls: { ...arm.calls, durationMs: arm.calls.durationMs.map((ms) => ms * 10) } },
    );
    expect(unlike(sampleRecord(1), tenfold)).toMatch(
      /^their medians of grpc lie clearly apart \([23]\.\d+–[23]\.\d+.ms and [23]\d\.\d–[23]\d\.\d.ms\)/,
    );
  });
});

describe("the figures of results", () => {
  it("are bars, boxes and a distribution, and hold only what JSON can hold", () => {
    const record = sampleRecord();
    const figures = benchFigures(resultsOf([record]), [record]);
    expect(figures.map(({ title }) => title)).toEqual([
      "Key metrics, 2 callers at the same time",
      "Spread of calls",
      "How long calls took",
    ]);
    for (const { data, layout, table } of figures) {
      expect(JSON.parse(JSON.stringify({ data, layout, table }))).toEqual({ data, layout, table });
    }
  });

  it("show throughput against concurrency where there are several levels", () => {
    const record = sampleRecord(1, [1, 2, 4, 8, 16, 32]);
    const results = resultsOf([record]);
    const lines = benchFigures(results, [record]).find(({ title }) => title.startsWith("Throughput"));
    expect(lines?.table.rows.map((row) => row.slice(0, 2))).toEqual(
      results.arms.map(({ arm, concurrency }) => [arm, concurrency]),
    );
    expect(results.scaling.every(({ law }) => law !== null)).toBe(true);
  });

  it("are none where no request succeeded", () => {
    const record = sampleRecord();
    const failed = {
      ...record,
      arms: record.arms.map((arm) => ({ ...arm, calls: { ...arm.calls, ok: arm.calls.ok.map(() => 0) } })),
    };
    const results = resultsOf([failed]);
    expect(benchFigures(results, [failed])).toEqual([]);
    expect(results.comparisons[0]?.sentence).toMatch(/cannot be compared/);
  });
});
