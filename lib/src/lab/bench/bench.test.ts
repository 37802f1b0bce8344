import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startHost } from "../../hosts/start.js";
import { startContractServer } from "../../hosts/testing/contract-server.js";
import { freePort } from "../../hosts/testing/ports.js";
import { openRun } from "../../record/run.js";
import { projectRoot } from "../../root.js";
import { bench } from "./bench.js";
import { recordText } from "./record-file.js";
import { benchOf, metricsOf } from "./testing/bench-of.js";
import { folderWithImage } from "./testing/image-file.js";

describe("bench recovers what a server was made to do", () => {
  it("finds the error rate of each protocol, with its codes, and measures on", async () => {
    const { results } = await benchOf({ failEvery: 4 }, { requests: 200, concurrency: [4] });
    for (const [arm, code] of [
      ["rest", "HTTP_503"],
      ["grpc", "INTERNAL"],
    ] as const) {
      const { requests, failed, errorRate, errors } = metricsOf(results, arm);
      expect(requests).toBe(200);
      // Every fourth call of a stretch of 200, wherever it begins.
      expect(failed).toBeGreaterThanOrEqual(49);
      expect(failed).toBeLessThanOrEqual(51);
      expect(errors).toEqual({ [code]: failed });
      expect(errorRate).toBe(failed / 200);
    }
  });
});

it("gives every metric or the reason why not, a comparison in words, and a run folder with the file's name only", async () => {
  const { results, folder } = await benchOf({}, { requests: 100 });
  for (const { metrics } of results.arms) {
    expect(metrics.requests).toBe(100);
    const unknown = Object.entries(metrics).flatMap(([name, value]) => (value === null ? [name] : []));
    expect(Object.keys(metrics.notMeasured).sort()).toEqual(unknown.sort());
    const { requestsPerSecond, peakRequestsPerSecond } = metrics;
    expect(peakRequestsPerSecond).toBeGreaterThanOrEqual(requestsPerSecond?.value ?? Number.NaN);
  }
  expect(metricsOf(results, "rest").firstByteMs).toBeGreaterThan(0);
  expect(metricsOf(results, "grpc").notMeasured.firstByteMs).toMatch(/grpc-js/);
  expect(results.comparisons).toMatchObject([{ first: "rest", second: "grpc", concurrency: 2 }]);
  expect(results.comparisons[0]?.sentence).toMatch(
    /^With 2 callers REST took .* times as long as gRPC \(median\); REST reached .* times the rate of gRPC/,
  );
  expect(results.servers).toMatch(/^[0-9a-f]{12}$/);
  expect(recordText(results)).not.toContain("127.0.0.1");
  const { info } = await openRun(results.run ?? "");
  expect(info.input).toMatchObject({ file: "pixel.gif", sizeBytes: 43, contentType: "image/gif" });
  expect(info.input?.answer).toBe("1 × 1 pixels in 43 bytes");
  expect(JSON.stringify(info)).not.toContain(folder);
});

it("takes all levels of concurrency in one run, and fits a law only with levels enough", async () => {
  const { results } = await benchOf({}, { requests: 40, concurrency: [1, 2, 4] });
  expect(results.arms.map(({ name }) => name)).toEqual([
    "rest-1",
    "grpc-1",
    "rest-2",
    "grpc-2",
    "rest-4",
    "grpc-4",
  ]);
  expect(results.comparisons.map(({ concurrency }) => concurrency)).toEqual([1, 2, 4]);
  expect(results.scaling).toMatchObject([
    { arm: "rest", law: null, knee: null, refused: expect.stringMatching(/needs 6 levels.*there are 3/) },
    { arm: "grpc" },
  ]);
});

it("has the image classified unless told otherwise, and holds every request to the label that all arms gave", async () => {
  const host = await startHost("child", { works: ["classify"] });
  onTestFinished(() => host.stop());
  const image = join(projectRoot, "data", "images", "digits", "7.png");
  const { folder: runsFolder } = folderWithImage();
  const load = { arms: ["rest", "rest-multipart", "grpc", "grpc-stream"], requests: 12, concurrency: [2] };
  const results = await bench({ endpoints: host.endpoints, image, ...load, runsFolder });
  expect(results).toMatchObject({ work: "classify", missing: [], input: { file: "7.png", answer: "7" } });
  expect(results.arms.map(({ metrics }) => metrics.failed)).toEqual([0, 0, 0, 0]);
});

describe("bench says what is wrong with a server", () => {
  it("does not compare arms whose answers differ", async () => {
    const other = { width: 2, height: 1, bytes: 43 };
    await expect(benchOf({ grpcSays: other })).rejects.toMatchObject({
      code: "server-failed",
      message: expect.stringMatching(/do not do the same work.*rest answered “1 × 1 .*grpc “2 × 1/),
    });
  });

  it("measures the half that answers, and says why the other is missing", async () => {
    const { endpoints } = await startContractServer();
    const grpcAddress = `127.0.0.1:${await freePort()}`;
    const { results } = await benchOf({}, { endpoints: { ...endpoints, grpcAddress } });
    expect(results.arms.map(({ name }) => name)).toEqual(["rest"]);
    expect(results.missing).toEqual([
      { arm: "grpc", reason: expect.stringMatching(/^gRPC does not answer at .*nothing listens there/) },
    ]);
    expect(results.comparisons).toEqual([]);
  });

  it.each([
    ["grpc", "rest", /has no image\.Images\/Measure \(UNIMPLEMENTED\)/],
    ["rest", "grpc", /has no POST \/image \(HTTP_404\)/],
  ] as const)("measures on when %s lacks the method, and names it", async (lacking, measured, reason) => {
    const { results } = await benchOf({ without: [lacking] });
    expect(results.arms.map(({ name }) => name)).toEqual([measured]);
    expect(results.missing).toEqual([{ arm: lacking, reason: expect.stringMatching(reason) }]);
  });

  it("names every reason when nothing answers", async () => {
    const nowhere = `127.0.0.1:${await freePort()}`;
    const endpoints = { restUrl: `http://${nowhere}`, grpcAddress: nowhere };
    await expect(benchOf({}, { endpoints })).rejects.toThrow(
      /^Nothing can be measured\. REST does not answer.* gRPC does not answer/,
    );
  });
});

it.each([
  [{ requests: 5, concurrency: [2, 6] }, /6 callers cannot share 5 requests/],
  [{ arms: ["function"] }, /The arm function calls no server/],
  [{ arms: ["rset"] }, /There is no arm "rset"/],
  [{ work: "add" }, /The work add sends no file/],
  [{ image: "gone.jpg" }, /gone\.jpg cannot be read \(there is no such file\)/],
  [{ image: import.meta.filename }, /bench\.test\.ts is no image/],
  [{ endpoints: { restUrl: "nonsense", grpcAddress: "127.0.0.1:1" } }, /"nonsense" is no REST address/],
])("refuses %j before anything is measured", async (wrong, sentence) => {
  await expect(benchOf({}, wrong)).rejects.toMatchObject({
    code: "usage",
    message: expect.stringMatching(sentence),
  });
});
