import { expect, it } from "vitest";
import { parseOperation } from "../../arms/operation/operation.js";
import type { ArmInfo } from "../../record/run-info.js";
import { doubtSameWork, saySameWork } from "./same-work.js";

const rest = (expected: object) =>
  parseOperation({ kind: "rest", url: "http://127.0.0.1/", expect: expected }, "one");
const grpc = (expected: object) =>
  parseOperation({ kind: "grpc", target: "127.0.0.1:1", method: "a.B/C", expect: expected }, "one");

function doubt(first: object, second: object, sameWork = false): string | null {
  const operations = { first: rest(first), second: grpc(second) };
  const arms = Object.keys(operations).map((name) => ({ name, operation: name }) as ArmInfo);
  return doubtSameWork(
    { arms, service: { sameWork, operations, bounds: null } },
    { first: "first", second: "second" },
  );
}

it("takes two operations for the same work only if they are held to the same answer, or somebody says so", () => {
  expect(doubt({ json: { "a.b": 1, c: "x" } }, { json: { d: "x", e: 1 } })).toBeNull();
  expect(doubt({ contains: "x" }, { contains: "x", status: "OK" })).toBeNull();
  expect(doubt({ json: { a: 1 } }, { json: { a: 1 }, messages: 5 })).toMatch(/held to different answers/);
  expect(doubt({ json: { a: 1 } }, { json: { a: "1" } })).toMatch(/held to different answers/);
  expect(doubt({ sizeBytes: 3 }, { sizeBytes: 3 })).toMatch(
    /first and second were not held to what an answer says/,
  );
  expect(doubt({ json: { a: 1 } }, {})).toMatch(/: second was not held to what an answer says/);
  for (const json of [{}, { a: true }, { a: false, b: null, c: "", d: [] }]) {
    expect(doubt({ json }, { json })).toMatch(/first and second were not held to what an answer says/);
  }
  expect(doubt({ json: { ok: true } }, { json: { deleted: true } })).toMatch(/were not held/);
  expect(doubt({ json: { ok: true, id: 7 } }, { json: { ok: true, id: 7 } })).toBeNull();
  expect(doubt({}, {}, true)).toBeNull();
});

it("says of all operations what is known", () => {
  const known = (...all: object[]) => {
    const operations = Object.fromEntries(all.map((expected, at) => [`op${at}`, rest(expected)]));
    return saySameWork({ service: { sameWork: false, operations, bounds: null } });
  };
  expect(known({ contains: "x" })).toBeNull();
  expect(known({ contains: "x" }, { contains: "x" })).toBe("all were held to the same answer");
  expect(known({ contains: "x" }, { contains: "y" })).toMatch(/^not known/);
  expect(known({}, {})).toMatch(/^not known/);
});

it("does not doubt the lab's own works, nor an operation beside itself", () => {
  expect(doubtSameWork({ arms: [] }, { first: "rest", second: "grpc" })).toBeNull();
  const operations = { one: rest({}) };
  const arms = ["one-1", "one-4"].map((name) => ({ name, operation: "one" }) as ArmInfo);
  const service = { sameWork: false, operations, bounds: null };
  expect(doubtSameWork({ arms, service }, { first: "one-1", second: "one-4" })).toBeNull();
});
