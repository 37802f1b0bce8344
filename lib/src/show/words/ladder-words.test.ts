import { expect, it } from "vitest";
import { madeUpLadder } from "../../analysis/testing/made-up-ladder.js";
import { ladderFrame } from "../frames/ladder-frame.js";
import { sayLadder } from "./ladder-words.js";

const plain = (paragraphs: readonly string[]) => paragraphs.map((one) => one.replaceAll("\u202f", " "));

it("names the largest steps of each side, the whole, what is beyond the ends, and what cannot be seen", () => {
  expect(plain(sayLadder(madeUpLadder()))).toEqual([
    "A call over REST takes 100 µs; the largest steps between bare TCP and it: the layer http, +62.0 µs (99 %: +58.0 to +66.0 µs).",
    "A call over gRPC takes 160 µs; the largest steps between bare TCP and it: the layer grpc, +100 µs (99 %: +88.0 to +112 µs); the layer http2, +20.0 µs (99 %: +18.0 to +22.0 µs).",
    "The steps from REST down to bare TCP and up to gRPC add up to +60.0 µs; measured apart, in rounds and with servers of their own, gRPC − REST is +65.0 µs (99 %: +55.0 to +75.0 µs). That leaves +5.00 µs (99 %: −9.00 to +19.0 µs) over, which is no more than chance leaves.",
    "Beyond the two ends: the layer rest-tls on rest, +30.0 µs (99 %: +27.0 to +33.0 µs).",
    "Too small to see here, since the interval holds 0: the layer rest on http (−8.00 to +4.00 µs).",
    "All of this is said of these processes only.",
  ]);
});

it("says when something is left over, and when nothing could be had", () => {
  const leftOver = { value: 0.03, low: 0.02, high: 0.04, confidence: 0.99 };
  expect(plain(sayLadder(madeUpLadder({ leftOver })))[2]).toMatch(
    /\+30.0 µs .* over, which no step explains/,
  );
  const missing = "The run has 1 blocks.";
  expect(sayLadder(madeUpLadder({ whole: null, leftOver: null, missing }))[2]).toMatch(
    /could not be had: The run/,
  );
  expect(sayLadder(madeUpLadder({ rungs: [] }))[0]).toBe("What a call over REST takes could not be had.");
});

it("tabulates every rung with the one that it stands on, and marks what is too small", () => {
  const frame = ladderFrame(madeUpLadder());
  const columns: readonly string[] = frame.columns;
  const values = frame.values as readonly (readonly unknown[])[];
  const cell = (rung: string, name: string) =>
    values.find(([first]) => first === rung)?.[columns.indexOf(name)];
  expect(values.map(([rung]) => rung)).toEqual(["net", "http", "rest", "rest-tls", "http2", "grpc"]);
  expect([cell("http", "over"), cell("http", "remark"), cell("rest", "remark")]).toEqual([
    "net",
    "",
    "too small to see here",
  ]);
  expect(cell("net", "stepMs")).toBeNull();
});
