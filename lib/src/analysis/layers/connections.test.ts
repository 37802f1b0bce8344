import { expect, test } from "vitest";
import { callsFromParts } from "../../record/calls-table.js";
import { RoundBuffer } from "../../record/log/round-buffer.js";
import { connectionUseOf } from "./connections.js";

/** Calls as start, end and connection. */
function callsOf(spans: readonly (readonly [startMs: number, endMs: number, connection: number])[]) {
  const buffer = new RoundBuffer();
  spans.forEach(([startMs, endMs, connection], index) => {
    buffer.push(
      index,
      0,
      startMs,
      startMs,
      endMs - startMs,
      Number.NaN,
      Number.NaN,
      1,
      true,
      0,
      "",
      1,
      1,
      connection,
    );
  });
  return callsFromParts([buffer.take("grpc", 0, 0)], { warmFromBlock: [0] });
}

test("calls one after another on a connection are one at a time, and none is overtaken", () => {
  const calls = callsOf([
    [0, 1, 0],
    [1, 2, 0],
    [2, 3, 0],
  ]);
  expect(connectionUseOf(calls, "grpc")).toEqual({
    arm: "grpc",
    calls: 3,
    connections: 1,
    mostUnderWay: 1,
    overtaken: 0,
  });
});

test("an answer that comes after that of a later call was overtaken, on its own connection only", () => {
  const calls = callsOf([
    [0, 10, 0],
    [1, 2, 0],
    [3, 4, 0],
    [0, 10, 1],
    [5, 11, 1],
  ]);
  expect(connectionUseOf(calls, "grpc")).toMatchObject({ connections: 2, mostUnderWay: 2, overtaken: 1 });
});

test("an arm without calls used nothing", () => {
  expect(connectionUseOf(callsOf([[0, 1, 0]]), "rest")).toMatchObject({
    calls: 0,
    connections: 0,
    mostUnderWay: 0,
  });
});
