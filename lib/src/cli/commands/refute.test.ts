import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Audit } from "../../verdicts/audit/audit.js";
import { publishedFile } from "../../verdicts/published/published.js";
import { cli, temporaryFolder } from "../testing/cli.js";
import { auditText } from "../text/refute-text.js";

async function table(rows: readonly string[]): Promise<string> {
  const path = join(await temporaryFolder(), "mine.csv");
  await writeFile(path, `arm,metric,unit,value\n${rows.join("\n")}\n`);
  return path;
}

test("what the posts print is refuted, contradictions first, with the computation", async () => {
  const { exitCode, stdout, stderr } = await cli(["refute", publishedFile("numbers.csv")]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
  expect(stdout).toMatch(/^7 contradictions, and 8 findings that are suggestive\.$/m);
  expect(stdout).toMatch(
    /^003, contradiction: 12\.5\/s for 10000 calls.*\n {2}but 10,000 calls ÷ 79\.8 s = 125/m,
  );
  expect(stdout.lastIndexOf(", contradiction:")).toBeLessThan(stdout.indexOf(", suggestive:"));
  expect(stdout).toMatch(/^calls ÷ time = rate +1 +1$/m);
  expect(stdout).toMatch(/^ {2}what the text says of itself: it takes remarks on the text$/m);
});

test("nothing found says what was checked and what was not, and is status 0; so is a doubt", async () => {
  const sound = await table(["rest,mean,ms,2", "rest,max,ms,30"]);
  const { exitCode, stdout } = await cli(["refute", sound]);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Nothing found\./);
  expect(stdout).toMatch(/^min ≤ median.* 1 +0$/m);
  expect(stdout).toMatch(/^ {2}calls ÷ time = rate: it takes count, rate, and total or duration/m);
  const doubtful = await cli(["refute", await table(["rest,total,s,2"]), "--json"]);
  expect(doubtful.exitCode).toBe(0);
  expect((JSON.parse(doubtful.stdout) as Audit).findings).toMatchObject([
    { post: "mine", strength: "suggestive" },
  ]);
});

test("bad usage is a sentence and status 2, and what is in cells stays in them", async () => {
  const evil = await table(["rest,mean,\u001b[2J\u009b31m\u202e,1"]);
  const bad = await cli(["refute", evil]);
  expect(bad.exitCode).toBe(2);
  expect(bad.stderr).toMatch(
    /^.*mine\.csv, line 2, column unit: "\\u001b\[2J\\u009b31m\\u202e" is none of s, ms, us/,
  );
  expect(bad.stderr.trim().split("\n")).toHaveLength(1);
});

test("a table that no law fits is not called sound", () => {
  const text = auditText({ findings: [], laws: [{ law: "a law", needs: "a number", checked: 0, found: 0 }] });
  expect(text).toMatch(/^Nothing could be checked\./);
});

test("no cell can move the terminal's cursor or make a line of its own", () => {
  const said = "<b>=1+1</b>\u001b[2J\r\n9 contradictions\u009b\u202e\u{e0001}";
  const text = auditText({
    findings: [{ post: said, strength: "contradiction", printed: said, found: said }],
    laws: [{ law: "a law", needs: "a number", checked: 1, found: 1 }],
  });
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  expect(text.split("\n")).toHaveLength(7);
  expect(text).toContain("<b>=1+1</b>\\u001b[2J\\u000d\\u000a9 contradictions\\u009b\\u202e\\udb40\\udc01");
});
