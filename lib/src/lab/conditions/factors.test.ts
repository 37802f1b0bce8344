import { expect, test } from "vitest";
import { loadSettings } from "../../verdicts/published/claim-settings.js";
import { factorsOf } from "./factors.js";

test("every flip that stands for a setting of a claim is one that notebook 06 makes", () => {
  const factors = factorsOf({
    sizesBytes: [16, 512 * 1024],
    roundTripsMs: [1.5, 35],
    callers: [16],
    otherNode: process.execPath,
  });
  const words = factors.flatMap(({ levels }) => levels.map((level) => level.words));
  expect(words).toEqual(expect.arrayContaining(loadSettings().flatMap(({ flip }) => flip ?? [])));
});
