import { expect, test } from "vitest";
import type { ArmLoad } from "../../analysis/types.js";
import { viewOf } from "../display.js";
import { loadRow } from "../testing/loads.js";
import { loadCostFrame, loadFrame } from "./load-frame.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");
const under = "100 users, 10 started a second, for 3 min";
const rest = loadRow("rest", 9);
const shared = {
  serverMemoryBytes: null,
  notMeasured: { serverMemoryBytes: "its server serves other arms too" },
};

test("an arm's load stands in a row, times with their intervals, under the load's own words", () => {
  const frame = loadFrame([rest, loadRow("grpc", 5, { cost: { answerBytes: 10 } })], under);
  const columns = [
    "arm",
    "users",
    "requests",
    "failed",
    "p50Ms",
    "minMs",
    "maxMs",
    "requestsPerSecond",
    "answerBytes",
  ];
  expect(frame.loc({ columns }).values).toEqual([
    ["rest", 100, 11_653, 7, 9, 4.5, 77.4, 64.9, 52.75],
    ["grpc", 100, 11_653, 7, 5, 2.5, 77.4, 64.9, 10],
  ]);
  const page = plain(viewOf(frame)?.html() ?? "");
  expect(page).toContain(`Under ${under}: times of calls that succeeded; below a value its 99 % interval`);
  expect(page).toContain("9.00 ms<small>8.10–9.90 ms</small>");
  expect(page).toContain("52.8 B");
});

test("a rate has its interval, and what is missing has its reason below", () => {
  const why = "how long one of its rounds ran is not known";
  const notMeasured = { p99Ms: "it needs 4000 calls", requestsPerSecond: why };
  const few = { requestsPerSecond: null, p99Ms: null, notMeasured };
  const frame = loadFrame([rest, loadRow("grpc", 5, { load: few })], under);
  const columns = ["requestsPerSecond", "requestsPerSecondLow", "requestsPerSecondHigh", "p99Ms"];
  const [ofRest, ofGrpc] = frame.loc({ columns }).values as number[][];
  expect(ofRest?.map((value) => Number(value.toPrecision(3)))).toEqual([64.9, 58.4, 71.4, 22.5]);
  expect(ofGrpc).toEqual([null, null, null, null]);
  const page = plain(viewOf(frame)?.html() ?? "");
  expect(page).toContain("64.9<small>58.4–71.4</small>");
  expect(page).not.toContain("requestsPerSecondLow");
  const text = plain(viewOf(frame)?.text() ?? "");
  expect(text).toContain("No p99 for grpc: it needs 4000 calls.");
  expect(text).toContain(`No rate for grpc: ${why}.`);
});

test("an open load's latencies from when due have the reason below where there are none", () => {
  const why = "of 1000 calls that were due, 200 were never answered";
  const schedule: ArmLoad = {
    askedPerSecond: 250,
    notSent: 100,
    dueP50Ms: { value: 12, low: 11, high: 13, confidence: 0.99 },
    dueP95Ms: { value: 20, low: 18, high: 22, confidence: 0.99 },
    dueP99Ms: null,
    refused: { dueP99Ms: { refused: why, needed: Number.POSITIVE_INFINITY } },
  };
  const frame = loadFrame([{ ...rest, schedule }], under);
  const columns = ["askedPerSecond", "notSent", "dueP50Ms", "dueP95Ms"];
  expect(frame.loc({ columns }).values).toEqual([[250, 100, 12, 20]]);
  expect(viewOf(frame)?.text()).toContain(`No p99 from when due for rest: ${why}.`);
});

test("what the load cost stands a call, and how busy the client was as shares", () => {
  const frame = loadCostFrame(
    [loadRow("rest", 9, { load: shared }), loadRow("grpc", 5, { load: shared })],
    under,
  );
  const text = plain(viewOf(frame)?.text() ?? "");
  expect(text).toMatch(/server CPU per call +client CPU per call +client's processor +client's event loop/);
  expect(text).toMatch(/^rest +11 653 +1\.25 ms +400 µs +13 % +11 %$/m);
  expect(text).toContain("No server memory for rest, grpc: its server serves other arms too.");
});
