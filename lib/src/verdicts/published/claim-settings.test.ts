import { expect, test } from "vitest";
import { loadSettings, sayStandIns } from "./claim-settings.js";

test("what a flip stands for is said where it is not the same", () => {
  const setting = (words: string, flip: string | null) => ({ setting: words, claims: ["a"], flip });
  expect(sayStandIns([setting("TLS", "TLS"), setting("Python", null)])).toBe("");
  expect(sayStandIns([setting("TLS", "TLS"), setting("100 users", "16 callers at once")])).toBe(
    "Stood for by what is near it: 100 users by 16 callers at once.",
  );
});

test("the posts' photo and users are stood for by less", () => {
  expect(sayStandIns(loadSettings())).toMatch(
    /a photo of 1\.58 MB in a call by a body of 512 KB; .*100 users by 16/,
  );
});
