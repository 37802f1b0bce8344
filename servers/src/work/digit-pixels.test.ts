import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { png } from "../testing/png.js";
import { digitPixels, side } from "./digit-pixels.js";
import { InvalidRequest } from "./invalid-request.js";

const five = await readFile(new URL("../../../data/images/digits/5.png", import.meta.url));

/** The mean difference of two pictures, in bytes of grey. */
function difference(one: Uint8Array, other: Uint8Array): number {
  expect([one.length, other.length]).toEqual([side * side, side * side]);
  return one.reduce((sum, byte, at) => sum + Math.abs(byte - (other[at] as number)), 0) / one.length;
}

const at = (pixels: Uint8Array, column: number, row: number) => pixels[row * side + column];

describe("what reaches the model", () => {
  test("is a picture of its own size as it is", async () => {
    const raw = { width: side, height: side, channels: 1 } as const;
    const bytes = Uint8Array.from({ length: side * side }, (_, index) => (index % side === 10 ? 200 : 0));
    expect(Uint8Array.from(await digitPixels(await sharp(bytes, { raw }).png().toBuffer()))).toEqual(bytes);
  });

  test.each([
    ["a JPEG", () => sharp(five).jpeg({ quality: 95 }).toBuffer()],
    ["a larger one", () => sharp(five).resize(700, 700).png().toBuffer()],
    ["one with 16 bits a channel", () => sharp(five).toColourspace("rgb16").png().toBuffer()],
    ["dark on light", () => sharp(five).negate().png().toBuffer()],
    [
      "one that EXIF turns back",
      () => sharp(five).rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    ],
  ])("is the same of %s", async (_name, make) => {
    const [expected, found] = [await digitPixels(five), await digitPixels(await make())];
    expect(Math.max(...expected)).toBeGreaterThan(200);
    expect(difference(expected, found)).toBeLessThan(3);
  });

  test("is light where dark ink was and nothing was behind it", async () => {
    const { data, info } = await sharp(five).greyscale().raw().toBuffer({ resolveWithObject: true });
    const ink = Buffer.from([...data].flatMap((alpha) => [0, 0, 0, alpha]));
    const raw = { width: info.width, height: info.height, channels: 4 } as const;
    const transparent = await sharp(ink, { raw }).png().toBuffer();
    expect(difference(await digitPixels(five), await digitPixels(transparent))).toBeLessThan(3);
  });

  test("keeps the shape of one that is not square, in the middle of black", async () => {
    const create = { width: 100, height: 400, channels: 3, background: { r: 90, g: 90, b: 90 } } as const;
    const pixels = await digitPixels(await sharp({ create }).png().toBuffer());
    expect(Array.from({ length: side }, (_, column) => at(pixels, column, 14))).toEqual(
      Array.from({ length: side }, (_, column) => (column >= 10 && column < 17 ? 90 : 0)),
    );
  });
});

const jpeg = await sharp(five).jpeg().toBuffer();
test.each([
  ["no bytes", Buffer.alloc(0), /^The image is empty/],
  ["text", Buffer.from("a text that is no image"), /^The bytes are not an image/],
  ["a GIF", await sharp(five).gif().toBuffer(), /^The image must be a JPEG or PNG, and it is gif\.$/],
  ["a cut-off header", jpeg.subarray(0, 20), /^The image's header can't be read/],
  [
    "a JPEG cut off in its pixels",
    jpeg.subarray(0, jpeg.length / 2),
    /^The image can't be decoded: it is cut off/,
  ],
  [
    "a PNG cut off in its pixels",
    five.subarray(0, five.length / 2),
    /^The image can't be decoded: it is cut off/,
  ],
  // It has no pixels, so decoding it would end in the sentence above.
  ["100 megapixels, before decoding", png(10_000, 10_000), /10000 by 10000 pixels.*40 megapixels\.$/],
])("refuses %s with a sentence", async (_name, image, sentence) => {
  const error = await digitPixels(image).catch((caught) => caught);
  expect(error).toBeInstanceOf(InvalidRequest);
  expect(error.message).toMatch(sentence);
  expect(error.message).not.toContain("\n");
});
