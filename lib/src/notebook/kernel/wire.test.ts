import fc from "fast-check";
import { expect, it } from "vitest";
import { decodeMessage, encodeMessage } from "./wire.js";

const key = "secret";
const encoded = (content: Record<string, unknown>) => {
  const { id, frames } = encodeMessage(key, "session", "execute_request", content);
  return { id, frames: frames.map((frame) => Buffer.from(frame)) };
};

// A key named __proto__ is left out by the schema, on purpose.
const field = fc.string().filter((name) => name !== "__proto__");

it("decodes what it encodes, behind any routing prefix", () => {
  fc.assert(
    fc.property(fc.dictionary(field, fc.string()), fc.array(fc.uint8Array()), (content, prefix) => {
      const { id, frames } = encoded(content);
      const message = decodeMessage(key, [...prefix.map((part) => Buffer.from(part)), ...frames]);
      expect(message).toMatchObject({ id, type: "execute_request", parentId: null });
      expect(JSON.stringify(message?.content)).toBe(JSON.stringify(content));
    }),
  );
});

it("refuses a message whose content or key is not what was signed", () => {
  const { frames } = encoded({ code: "1" });
  expect(decodeMessage("other", frames)).toBeNull();
  const forged = [...frames.slice(0, -1), Buffer.from('{"code":"2"}')];
  expect(decodeMessage(key, forged)).toBeNull();
});

it.each([[[]], [["<IDS|MSG>"]], [["no", "delimiter", "at", "all", "in", "here"]]])("refuses %j", (frames) => {
  expect(
    decodeMessage(
      key,
      frames.map((frame) => Buffer.from(frame)),
    ),
  ).toBeNull();
});
