import { describe, expect, it } from "vitest";
import { sampleInfo } from "../../record/testing/samples.js";
import { runCard, runCardText } from "../cards/run-card.js";
import { viewOf } from "../display.js";
import { embeddedJson } from "../testing/page.js";
import { HOSTILE, sampleVerdicts } from "../testing/samples.js";
import { findingTable } from "./finding-table.js";
import { verdictTable } from "./verdict-table.js";

const plain = (text: string): string => text.replaceAll("\u202f", " ");
const htmlOf = (object: object): string => plain(viewOf(object)?.html() ?? "");

describe("a table of verdicts", () => {
  const verdicts = sampleVerdicts(5).map((verdict, i) =>
    i === 1 ? { ...verdict, statement: HOSTILE, stack: HOSTILE } : verdict,
  );
  const page = htmlOf(verdictTable(verdicts));

  it("carries the verdicts for programs, unchanged", () => {
    expect(embeddedJson(page, 'data-wirelab="verdicts"')).toEqual(verdicts);
  });

  it("says direction and size in words, and the ratio with its interval", () => {
    expect(page).toContain("<b>holds</b>");
    expect(page).toContain("<b>too small to matter</b>");
    expect(page).toContain("<b>not testable here</b>");
    expect(page).toContain("smaller than published");
    expect(page).toContain("1.90×<small>1.77–1.99×</small>");
    expect(page).toContain("20 000 calls; fresh processes on this machine; data/runs/sample");
  });

  it("puts both stacks into one row, and what only one of them holds under into its cell", () => {
    const [one] = sampleVerdicts(1) as [(typeof verdicts)[number]];
    const ported = { ...one, conditions: "one caller calls at a time" };
    const replicated = {
      ...ported,
      stack: "replicated: flask 3.1.3",
      conditions: `${ported.conditions}; a user blocks`,
    };
    const both = htmlOf(verdictTable([ported, replicated]));
    expect(both.match(/<tr/g)).toHaveLength(2);
    expect(both).toMatch(/post 003; one caller calls at a time<.*when a user blocks<.*flask 3\.1\.3;/s);
    expect(both).toContain("replicated: the post");
    expect(htmlOf(verdictTable([ported]))).not.toContain("replicated");
  });

  it("lets no text become markup", () => {
    expect(page).not.toContain("<img");
    expect(page.match(/<script/g)).toHaveLength(1);
  });

  it("is text in a terminal", () => {
    expect(viewOf(verdictTable(verdicts))?.text()).toContain("the opposite holds");
  });
});

describe("a table of findings", () => {
  it("shows and carries what the audit found", () => {
    const findings = [
      { post: "003", strength: "contradiction" as const, printed: HOSTILE, found: "1000 ÷ 80 is 12.5" },
    ];
    const page = htmlOf(findingTable(findings));
    expect(embeddedJson(page, 'data-wirelab="findings"')).toEqual(findings);
    expect(page).toContain("1000 ÷ 80 is 12.5");
    expect(page).not.toContain("<img");
  });
});

describe("a run card", () => {
  const warnings = [
    { code: "busy-machine" as const, message: `Load was 3.2 ${HOSTILE}`, advice: "Close other programs." },
  ];
  const info = sampleInfo({ warnings, status: "interrupted", reason: "you asked for it" });
  const page = htmlOf(runCard(info, "data/runs/sample"));

  it("carries folder, environment and warnings for programs", () => {
    expect(embeddedJson(page, 'data-wirelab="run"')).toEqual({
      folder: "data/runs/sample",
      environment: info.environment,
      warnings,
    });
  });

  it("states machine, versions, seed, size, outcome, and each warning with its advice", () => {
    for (const said of ["a processor, 2 cores", "Node 20.20.2", "express 5.3.0", "interrupted: you asked"]) {
      expect(page).toContain(said);
    }
    expect(page).toContain("<dt>seed</dt><dd>7</dd>");
    expect(page).toContain("2 pairs of fresh processes × 2 blocks × 10 calls an arm");
    expect(page).toContain("Close other programs.");
    expect(page).not.toContain("<img");
  });

  it("says the same as text", () => {
    expect(runCardText(info, null)).toMatch(/folder: not saved\nwarning: Load was 3.2/);
  });
});
