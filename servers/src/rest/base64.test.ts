import fc from "fast-check";
import { expect, test } from "vitest";
import { InvalidRequest } from "../work/invalid-request.js";
import { decodeBase64 } from "./base64.js";

test("hands back any bytes, none included", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
      const text = Buffer.from(bytes).toString("base64");
      expect([...decodeBase64("image", text)]).toEqual([...bytes]);
    }),
    { seed: 6 },
  );
});

test("refuses what no grammar of base64 allows", () => {
  const grammar = /^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
  const text = fc.string({
    unit: fc.constantFrom(..."Aa0+/==-_ \n.\u0141\u{1f600}"),
    maxLength: 12,
  });
  fc.assert(
    fc.property(text, (value) => {
      if (grammar.test(value)) decodeBase64("image", value);
      else expect(() => decodeBase64("image", value), JSON.stringify(value)).toThrow(InvalidRequest);
    }),
    { seed: 7, numRuns: 5000 },
  );
});

test.each([
  [undefined, /^image must be text in base64, and it is missing\.$/],
  [Number.NaN, /it is NaN/],
  [["QQ=="], /it is a list/],
  ["QQ", /not valid base64/],
  ["====", /not valid base64/],
  ["QQ=A", /not valid base64/],
  ["A\u0141AA", /not valid base64/],
  ["QQ==QQ==", /not valid base64/],
])("refuses %j with a sentence", (value, sentence) => {
  expect(() => decodeBase64("image", value)).toThrow(InvalidRequest);
  expect(() => decodeBase64("image", value)).toThrow(sentence);
});
