import { readFile } from "node:fs/promises";
import { gunzipSync } from "node:zlib";
import { memory } from "@tensorflow/tfjs-core";
import { expect, test } from "vitest";
import { loadDigitModel } from "./digit-model.js";
import { side } from "./digit-pixels.js";

const modelFolder = new URL("../../model/", import.meta.url);
const recordBytes = 1 + side * side;
const records = gunzipSync(await readFile(new URL("held-out.gz", modelFolder)));
const heldOut = Array.from({ length: records.length / recordBytes }, (_, index) => {
  const record = records.subarray(index * recordBytes, (index + 1) * recordBytes);
  return { label: String(record[0]), pixels: record.subarray(1) };
});
const model = await loadDigitModel();

test("tells at least 97 % of the committed digits that it was not trained with", () => {
  expect(heldOut).toHaveLength(500);
  expect(new Set(heldOut.map(({ label }) => label)).size).toBe(10);
  const right = heldOut.filter(({ label, pixels }) => model(pixels).label === label).length;
  expect(right / heldOut.length).toBeGreaterThanOrEqual(0.97);
});

test("told at least 97 % of all held out when it was trained, as its README says", async () => {
  const { trained, heldOut, right } = JSON.parse(
    await readFile(new URL("trained.json", modelFolder), "utf8"),
  );
  expect({ trained, heldOut }).toEqual({ trained: 8000, heldOut: 2000 });
  expect(right / heldOut).toBeGreaterThanOrEqual(0.97);
  const readme = await readFile(new URL("README.md", modelFolder), "utf8");
  expect(readme).toContain(`${right.toLocaleString("en")} of ${heldOut.toLocaleString("en")}`);
});

test("is as sure as a share can be, and keeps no tensor of a call", () => {
  const pixels = heldOut[0]?.pixels as Uint8Array;
  const { confidence } = model(pixels);
  expect(confidence).toBeGreaterThan(0.1);
  expect(confidence).toBeLessThanOrEqual(1);
  const { numTensors } = memory();
  for (let call = 0; call < 10; call++) model(pixels);
  expect(memory().numTensors).toBe(numTensors);
});
