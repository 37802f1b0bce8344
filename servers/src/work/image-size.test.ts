import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { expect, test } from "vitest";
import { png } from "../testing/png.js";
import { imageSize } from "./image-size.js";
import { InvalidRequest } from "./invalid-request.js";

const images = new URL("../../../data/images/", import.meta.url);
const red = sharp({ create: { width: 60, height: 40, channels: 3, background: "red" } });

test("the photo is the one that its README describes: 1.58 MB, 2400 by 1600", async () => {
  const photo = await readFile(new URL("photo.jpg", images));
  expect((photo.length / 1e6).toFixed(2)).toBe("1.58");
  expect(await imageSize(photo)).toEqual({ width: 2400, height: 1600, bytes: photo.length });
  const readme = await readFile(new URL("README.md", images), "utf8");
  expect(readme).toContain(createHash("sha256").update(photo).digest("hex"));
  expect(readme).toContain(photo.length.toLocaleString("en"));
});

test.each(["jpeg", "png", "webp", "gif", "tiff", "avif"] as const)(
  "reads the size of a %s",
  async (format) => {
    const image = await red.clone().toFormat(format).toBuffer();
    expect(await imageSize(image)).toEqual({ width: 60, height: 40, bytes: image.length });
  },
);

test("tells the stored size of an image that EXIF turns on its side", async () => {
  const image = await red.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer();
  expect((await sharp(image).metadata()).orientation).toBe(6);
  expect(await imageSize(image)).toMatchObject({ width: 60, height: 40 });
});

test("takes 40 megapixels and no row more", async () => {
  expect(await imageSize(png(8000, 5000))).toMatchObject({ width: 8000, height: 5000 });
  await expect(imageSize(png(8000, 5001))).rejects.toThrow(/8000 by 5001 pixels.*40 megapixels/);
});

const jpeg = await red.clone().jpeg().toBuffer();
const damaged = png(3, 2);
damaged.fill(0, 12, 16);
test.each([
  ["no bytes", Buffer.alloc(0), /empty/],
  ["text", Buffer.from("a text that is no image"), /not an image/],
  ["one byte", Buffer.from([0xff]), /not an image/],
  ["a JPEG of 20 bytes", jpeg.subarray(0, 20), /cut off or damaged/],
  ["a PNG's signature", png(3, 2).subarray(0, 8), /cut off or damaged/],
  ["a PNG without its header", damaged, /cut off or damaged/],
  ["a PNG of no pixels", png(0, 0), /cut off or damaged/],
  ["the largest PNG there is", png(2 ** 31 - 1, 2 ** 31 - 1), /./],
])("refuses %s with a sentence", async (_name, image, sentence) => {
  const error = await imageSize(image).catch((caught) => caught);
  expect(error).toBeInstanceOf(InvalidRequest);
  expect(error.message).toMatch(sentence);
  expect(error.message).not.toContain("\n");
});

test("a JPEG that is cut off behind its header has its size", async () => {
  const photo = (await readFile(new URL("photo.jpg", images))).subarray(0, 10_000);
  expect(await imageSize(photo)).toEqual({ width: 2400, height: 1600, bytes: 10_000 });
});
