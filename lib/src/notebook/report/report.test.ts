import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { carries, claim, environment, finding, hostile, verdict } from "../testing/fixed.js";
import { code, notebookOf, prose, writeNotebooks } from "../testing/notebooks.js";
import { type RunAllOptions, runAll } from "./report.js";

const show = (markup: string) =>
  code(`import { display } from "tslab";\ndisplay.html(${JSON.stringify(markup)});`);
const now = () => new Date("2026-01-01T00:00:00Z");

function options(folder: string, more: Partial<RunAllOptions> = {}): RunAllOptions {
  return { reportsFolder: join(folder, "reports"), environment, claims: [claim], now, ...more };
}

const files = (folder: string, ...names: string[]) =>
  names.map((name) => join(folder, "notebooks", `${name}.ipynb`));

it("goes on after a notebook that fails, and index and summary say what happened", async () => {
  const bad = notebookOf(prose("# The bad one"), code("throw new RangeError('too far')", { id: "here" }));
  const run = {
    folder: verdict.run,
    environment,
    warnings: [{ code: "few-pairs", message: "2 pairs.", advice: "Run more." }],
  };
  const shown = [
    carries("verdicts", [verdict, verdict]),
    carries("findings", [finding]),
    carries("run", run),
    carries("claim-conditions", [
      {
        claim: verdict.claim,
        brief: "holds here only far away",
        sentence: "holds far away; at the baseline it does not",
      },
    ]),
  ];
  const good = notebookOf(prose("# The good one"), ...shown.map(show), show(shown[0] ?? ""));
  const folder = await writeNotebooks({ bad, good });
  const seen: string[] = [];
  const report = await runAll(
    files(folder, "bad", "good"),
    options(folder, {
      noise: ["Noise floor: not measured."],
      ledgerPicture: (verdicts) => `<svg data-picture="${verdicts.length}"></svg>`,
      onNotebook: (entry) => seen.push(`${entry.name} ${entry.status}`),
    }),
  );
  expect(report.status).toBe("failed");
  expect(seen).toEqual(["bad failed", "good ok"]);

  const summary = JSON.parse(await readFile(report.summaryFile, "utf8"));
  expect(summary).toEqual({
    environment,
    notebooks: [
      {
        name: "bad",
        status: "failed",
        seconds: expect.any(Number),
        page: "bad.html",
        reason: "Cell 2: RangeError: too far",
      },
      { name: "good", status: "ok", seconds: expect.any(Number), page: "good.html", reason: null },
    ],
    verdicts: [verdict],
  });

  const index = await readFile(report.indexFile, "utf8");
  expect(index).toContain(
    "The one published claim tested comes out the other way round. One more has no verdict yet.",
  );
  expect(index).toContain('<svg data-picture="1">');
  expect(index).toMatch(/href="good.html#cell-\w+"/);
  expect(index).toContain("1 claim without a verdict yet");
  expect(index).toContain("Noise floor: not measured");
  expect(index).toContain("Cell 2: RangeError: too far");
  expect(index).toContain("Run more.");
  expect(index).toMatch(/<a href="good.html#cell-\w+">By flips<\/a>: holds here only far away</);
  expect(index).toContain(finding.found);
  expect(index).toContain("0.643×");
  expect(await readFile(join(folder, "reports", "bad.html"), "utf8")).toContain(
    "This notebook did not run to its end.",
  );
});

it("has an index to read before the first notebook has ended", async () => {
  const folder = await writeNotebooks({
    first: notebookOf(prose("# First"), code("1")),
    second: notebookOf(prose("# Second")),
  });
  const index = join(folder, "reports", "index.html");
  let during: Promise<string> | null = null;
  const onProgress = () => {
    during ??= readFile(index, "utf8");
  };
  await runAll(files(folder, "first", "second"), options(folder, { onProgress }));
  expect(await during).toContain("2 of 2 notebooks have not finished");
  expect(await readFile(index, "utf8")).not.toContain("have not finished");
});

it("stops at an abort and leaves the rest as not run", async () => {
  const waits = notebookOf(prose("# Waits"), code("await new Promise(() => {})"));
  const folder = await writeNotebooks({ waits, after: notebookOf(prose("# After"), code("1")) });
  const controller = new AbortController();
  const onProgress = () => controller.abort();
  const report = await runAll(
    files(folder, "waits", "after"),
    options(folder, { signal: controller.signal, onProgress }),
  );
  expect(report.status).toBe("interrupted");
  expect(report.notebooks.map(({ status }) => status)).toEqual(["interrupted", "waiting"]);
});

it("gives each parameter to the notebooks that declare it, and refuses one that none does", async () => {
  const declares = notebookOf(
    prose("# A"),
    code("let calls = 1;", { tags: ["parameters"] }),
    code("if (calls !== 7) throw new Error('not injected');"),
  );
  const folder = await writeNotebooks({ a: declares, b: notebookOf(prose("# B"), code("1")) });
  const report = await runAll(files(folder, "a", "b"), options(folder, { parameters: { calls: "7" } }));
  expect(report.status).toBe("ok");
  const unknown = runAll(files(folder, "a", "b"), options(folder, { parameters: { colour: "red" } }));
  await expect(unknown).rejects.toThrow(/None of these notebooks has a parameter colour; they know: calls/);
});

it("reports a notebook that cannot be read, and one whose verdicts cannot", async () => {
  const wrong = notebookOf(prose("# Wrong"), show(carries("verdicts", [{ ...verdict, direction: "maybe" }])));
  const folder = await writeNotebooks({ wrong });
  await writeFile(join(folder, "notebooks", "broken.ipynb"), "{");
  const report = await runAll(files(folder, "broken", "wrong"), options(folder));
  expect(report.notebooks).toMatchObject([
    { name: "broken", status: "failed", reason: expect.stringContaining("JSON cannot be read"), page: null },
    {
      name: "wrong",
      status: "failed",
      reason: expect.stringContaining("verdicts in the output of cell"),
      page: "wrong.html",
    },
  ]);
});

it("escapes what notebooks say", async () => {
  const shown = [
    carries("verdicts", [{ ...verdict, statement: hostile, stack: hostile }]),
    carries("findings", [{ ...finding, found: hostile }]),
  ];
  const folder = await writeNotebooks({ hostile: notebookOf(prose(`# ${hostile}`), ...shown.map(show)) });
  const report = await runAll(files(folder, "hostile"), options(folder));
  const index = await readFile(report.indexFile, "utf8");
  expect(index).not.toContain("<img");
  expect(index).not.toContain("window.pwned=1</script>");
  expect(report.verdicts[0]?.statement).toBe(hostile);
});

it("refuses to run nothing, and two notebooks of one name", async () => {
  await expect(runAll([], options("/nowhere"))).rejects.toMatchObject({ code: "usage" });
  await expect(runAll(["a/x.ipynb", "b/x.ipynb"], options("/nowhere"))).rejects.toThrow(
    /Two notebooks are named x/,
  );
});
