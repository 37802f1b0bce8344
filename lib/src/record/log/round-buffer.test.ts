import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { RoundPart } from "../calls.js";
import { RoundBuffer } from "./round-buffer.js";

interface Call {
  readonly at: number;
  readonly error: string;
}

function push(buffer: RoundBuffer, { at, error }: Call): void {
  const ok = error === "";
  buffer.push(
    at,
    at % 5,
    at,
    at + 1,
    at / 3,
    Number.NaN,
    Number.NaN,
    1,
    ok,
    ok ? 200 : -1,
    error,
    at,
    at * 2,
    ok ? 0 : -1,
  );
}

function codesOf({ columns, errorCodes }: RoundPart): (string | undefined)[] {
  return [...columns.error].map((code) => errorCodes[code]);
}

test("every call is handed out once and in order, over growth and flushes", () => {
  const anyCall = fc.oneof(
    { arbitrary: fc.constant(""), weight: 3 },
    fc.constantFrom("ECONNRESET", "timeout", "x"),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(anyCall, { maxLength: 40 })),
      fc.integer({ min: 1, max: 8 }),
      (flushes, capacityRows) => {
        const buffer = new RoundBuffer({ capacityRows });
        let at = 0;
        for (const [block, errors] of flushes.entries()) {
          const calls = errors.map((error) => ({ at: at++, error }));
          for (const call of calls) push(buffer, call);
          expect(buffer.length).toBe(calls.length);
          const part = buffer.take("rest", 2, block);
          expect(part).toMatchObject({ arm: "rest", pair: 2, block, columns: { length: calls.length } });
          expect([...part.columns.index]).toEqual(calls.map((call) => call.at));
          expect([...part.columns.bytesReceived]).toEqual(calls.map((call) => call.at * 2));
          expect([...part.columns.ok]).toEqual(errors.map((error) => (error === "" ? 1 : 0)));
          expect([...part.columns.status]).toEqual(errors.map((error) => (error === "" ? 200 : -1)));
          expect(codesOf(part)).toEqual(errors);
          expect(buffer.length).toBe(0);
        }
      },
    ),
  );
});

test("a part keeps its calls when the buffer goes on", () => {
  const buffer = new RoundBuffer({ capacityRows: 2 });
  push(buffer, { at: 7, error: "first" });
  const part = buffer.take("rest", 0, 0);
  push(buffer, { at: 8, error: "second" });
  expect([...part.columns.index]).toEqual([7]);
  expect(codesOf(part)).toEqual(["first"]);
  expect(codesOf(buffer.take("rest", 0, 0))).toEqual(["second"]);
});

test("more different errors than an index can name share the last code", () => {
  const buffer = new RoundBuffer();
  for (let at = 0; at < 65_600; at++) push(buffer, { at, error: `error ${at}` });
  const part = buffer.take("rest", 0, 0);
  const codes = codesOf(part);
  expect(part.errorCodes).toHaveLength(65_536);
  expect(codes[65_533]).toBe("error 65533");
  expect(new Set(codes.slice(65_534))).toEqual(new Set(["other-error"]));
});
