import { resolve } from "node:path";
import fc from "fast-check";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import { mismatch } from "./expect.js";
import { toFields } from "./message.js";
import { findMethod, typesOf } from "./method.js";
import type { Json } from "./operation.js";
import { readProtoFiles } from "./proto-files.js";
import { Secrets } from "./secrets.js";

const protos = resolve(import.meta.dirname, "../../lab/service/testing/protos");
const root = readProtoFiles({ protoFiles: [`${protos}/shop.proto`] }, "one");
// As a client process is told it.
const data = JSON.parse(JSON.stringify(findMethod(root, "shop.Items/Get", "one")));
const { request } = typesOf(data);
const place = { where: "m", secrets: new Secrets({}) };
const roundTrip = (json: Json) => {
  const bytes = request.encode(request.fromObject(toFields(request, json, place))).finish();
  return request.toObject(request.decode(bytes), { longs: String, enums: String, bytes: String });
};

describe("a message as JSON", () => {
  it("has its fields by either way of writing their names", () => {
    const json = {
      itemNumber: 7,
      tags: ["a", "b"],
      kind: "TEA",
      amounts: { x: "9007199254740993", y: 2 },
      raw: "AAEC",
      since: { seconds: 5, nanos: 6 },
      fresh: false,
      weight: 0.5,
    };
    expect(roundTrip(json)).toEqual({
      item_number: 7,
      tags: ["a", "b"],
      kind: "TEA",
      amounts: { x: "9007199254740993", y: "2" },
      raw: "AAEC",
      since: { seconds: "5", nanos: 6 },
      fresh: false,
      weight: 0.5,
    });
    expect(roundTrip({ item_number: "{{index}}".length, since: null })).toEqual({ item_number: 9 });
  });

  it("takes every int32 and no other number for one", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (number) => {
        const fits = number >= -(2 ** 31) && number < 2 ** 31;
        if (fits) expect(roundTrip({ item_number: number })).toEqual({ item_number: number });
        else
          expect(() => toFields(request, { item_number: number }, place)).toThrow(/m\.item_number: .* int32/);
      }),
    );
  });

  it.each<[Json, RegExp]>([
    [
      { item_numbr: 1 },
      /^m: the message shop\.Wanted has no field item_numbr \(did you mean item_number\?\); there are /,
    ],
    [
      { item_number: 1.5 },
      /^m\.item_number: 1\.5 does not fit, the field is a whole number that int32 holds\.$/,
    ],
    [{ item_number: true }, /m\.item_number: true does not fit/],
    [{ tags: "a" }, /m\.tags: "a" does not fit, the field is a list/],
    [{ tags: ["a", {}] }, /m\.tags\.1: \{\} does not fit, the field is a text/],
    [{ kind: "TAE" }, /m\.kind: Kind has no value "TAE" \(did you mean TEA\?\); there are ANY, TEA/],
    [{ amounts: [1] }, /m\.amounts: \[1\] does not fit, the field is a map/],
    [{ amounts: { x: "?" } }, /m\.amounts\.x: "\?" does not fit/],
    [{ raw: "not base64!" }, /m\.raw: .* bytes, as base64/],
    [{ since: "2026-01-01" }, /m\.since: .* does not fit, the field is a message Timestamp/],
    [{ fresh: 1 }, /m\.fresh: 1 does not fit, the field is true or false/],
    [{ weight: "much" }, /m\.weight: "much" does not fit, the field is a number \(double\)/],
    [[], /^m: \[\] does not fit, the field is a message Wanted/],
  ])("%j is refused with its place", (json, message) => {
    expect(() => toFields(request, json, place)).toThrow(message);
  });
});

it("says which import is not there, and who imports it", () => {
  const alone = `${protos}/types/item.proto`;
  expect(readProtoFiles({ protoFiles: [alone] }, "one").lookupType("shop.types.Item")).toBeInstanceOf(
    protobuf.Type,
  );
  expect(() => readProtoFiles({ protoFiles: [`${protos}/../broken/lost.proto`] }, "one")).toThrow(
    /lost\.proto imports gone\.proto, which is in none of .*: give the folder that it is named from in includeDirs\.$/,
  );
  expect(() => readProtoFiles({ protoFiles: [`${protos}/../broken/torn.proto`] }, "one")).toThrow(
    /one\.protoFiles cannot be read: .*torn\.proto/,
  );
});

it("an answer is held to size, messages, text and what stands at a path", () => {
  const json = { items: [{ id: 1, "a.b": 2 }] };
  const observed = { text: () => JSON.stringify(json), json: () => json, sizeBytes: 30, messages: null };
  const right = {
    json: { "items.0.id": 1, "items.0.a.b": 2, $: json },
    contains: "items",
    sizeBytes: { least: 1, most: 30 },
  };
  expect(mismatch(right, observed, place.secrets)).toBeNull();
  expect(mismatch({ json: { "items.1.id": 1 } }, observed, place.secrets)).toBe(
    "at items.1.id there is nothing, and 1 was expected",
  );
  expect(mismatch({ json: { "items.0.id": "1" } }, observed, place.secrets)).toBe(
    'at items.0.id there is 1, and "1" was expected',
  );
  expect(mismatch({ sizeBytes: 31 }, observed, place.secrets)).toBe("it has 30 bytes, and 31 were expected");
  expect(mismatch({ contains: "x" }, observed, place.secrets)).toBe('it does not contain "x"');
});
