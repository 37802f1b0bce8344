import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidRequest } from "./invalid-request.js";
import { payloadSize } from "./payload-size.js";

test("text has as many bytes as its UTF-8, which bytes have themselves", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = new TextEncoder().encode(text);
      expect(payloadSize(text)).toBe(bytes.length);
      expect(payloadSize(Buffer.from(bytes))).toBe(bytes.length);
    }),
    { seed: 5 },
  );
  expect(["", "a", "é", "안", "😀"].map(payloadSize)).toEqual([0, 1, 2, 3, 4]);
});

test.each([
  [undefined, /it is missing/],
  [null, /it is null/],
  [12, /it is 12/],
  [["a"], /it is a list/],
])("refuses %s", (data, sentence) => {
  expect(() => payloadSize(data)).toThrow(InvalidRequest);
  expect(() => payloadSize(data)).toThrow(sentence);
});
