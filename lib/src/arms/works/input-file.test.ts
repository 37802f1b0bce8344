import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { projectRoot } from "../../root.js";
import { findWorkload } from "../registry.js";
import { describeImage, readInput } from "./input-file.js";

function file(name: string, content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), "wirelab-input-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test.each([
  ["image/jpeg", [0xff, 0xd8, 0xff, 0xe0]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/webp", [...Buffer.from("RIFF1234WEBPVP8 ")]],
  ["image/gif", [...Buffer.from("GIF89a")]],
  ["image/tiff", [0x49, 0x49, 0x2a, 0x00]],
  ["image/avif", [0, 0, 0, 0x1c, ...Buffer.from("ftypavif")]],
])("%s is known by its first bytes, whatever the file is called", (contentType, bytes) => {
  expect(describeImage(file("some.txt", Buffer.from(bytes)))).toMatchObject({
    contentType,
    sizeBytes: bytes.length,
    answer: null,
  });
});

test("a file that is no image, is missing, or is a folder is a sentence", () => {
  const text = file("photo.jpg", "RIFFRAFF, but no image");
  expect(() => describeImage(text)).toThrow(/photo\.jpg is no image: give a JPEG/);
  expect(() => describeImage(`${text}.gone`)).toThrow(/cannot be read \(there is no such file\)/);
  expect(() => describeImage(projectRoot)).toThrow(/cannot be read \(it is a folder\)/);
});

test("a file that has changed meanwhile is not sent", () => {
  const path = file("a.gif", "GIF89a");
  const described = describeImage(path);
  expect(readInput(described).bytes).toEqual(Buffer.from("GIF89a"));
  writeFileSync(path, "GIF89a, another");
  expect(() => readInput(described)).toThrow(/has changed/);
});

test("a work sends the file in place of its own, and holds servers to the answer only where one is known", () => {
  const input = readInput(describeImage(file("a.gif", "GIF89a")));
  const size = { width: 1, height: 2, bytes: 6 };
  const any = findWorkload("image", { input });
  expect(any.rest.body.contentType).toBe("image/gif");
  expect(any.isRight(any.first, size)).toBe(true);
  const known = findWorkload("image", { input: { ...input, answer: any.say(size) } });
  expect(known.isRight(known.first, size)).toBe(true);
  expect(known.isRight(known.first, { ...size, width: 2 })).toBe(false);
  expect(() => findWorkload("add", { input })).toThrow("The work add sends no file; image and classify do.");
});

test("the photo breaks off where a size is asked for, and a file is sent as it is", () => {
  const { first, isRight, rest } = findWorkload("image", { size: 8192 });
  expect(first).toHaveLength(8192);
  expect(isRight(first, { width: 2400, height: 1600, bytes: 8192 })).toBe(true);
  expect(rest.base64?.make(first)).toHaveLength('{"image":""}'.length + Math.ceil(8192 / 3) * 4);
  expect(findWorkload("image").first).toHaveLength(1_579_934);
  const input = readInput(describeImage(file("a.gif", "GIF89a")));
  expect(() => findWorkload("image", { input, size: 8192 })).toThrow(/leave out the size of image/);
});
