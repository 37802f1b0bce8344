import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { WirelabError } from "../../errors.js";
import { environment, verdict } from "../testing/fixed.js";
import { readSummary } from "./summary-file.js";

function read(content: string | null) {
  const folder = mkdtempSync(join(tmpdir(), "wirelab-summary-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "summary.json");
  if (content !== null) writeFileSync(path, content);
  return () => readSummary(path, "run notebooks first");
}

test("reads what a report says, and a baseline, which has no notebooks", () => {
  const notebooks = [{ name: "01", status: "ok", seconds: 3 }];
  const whole = read(JSON.stringify({ environment, notebooks, verdicts: [verdict] }))();
  expect(whole).toEqual({ environment, notebooks: [{ name: "01", status: "ok" }], verdicts: [verdict] });
  expect(read(JSON.stringify({ environment, verdicts: [] }))()).toEqual({
    environment,
    notebooks: [],
    verdicts: [],
  });
});

test.each([
  ["not there", null, /^There is no .*summary\.json: run notebooks first\.$/],
  [
    "cut off",
    '{"environment":',
    /is not what wirelab run wrote \(it is not whole JSON\): run notebooks first\.$/,
  ],
  ["something else", "[1, 2]", /is not what wirelab run wrote \(its content: /],
  [
    "of another version",
    JSON.stringify({ environment, verdicts: [{ ...verdict, direction: "perhaps" }] }),
    /\(verdicts\.0\.direction: must be one of: holds/,
  ],
])("a file that is %s is a sentence", (_what, content, message) => {
  expect(read(content)).toThrow(WirelabError);
  expect(read(content)).toThrow(message);
});
