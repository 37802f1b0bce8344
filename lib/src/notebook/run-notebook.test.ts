import { join } from "node:path";
import { expect, it } from "vitest";
import { readNotebook } from "./cells/ipynb.js";
import { type NotebookProgress, runNotebook } from "./run-notebook.js";
import { code, notebookOf, prose, shows, writeNotebooks } from "./testing/notebooks.js";

const parameters = () => code("let calls = 10;\nlet source = '';", { tags: ["parameters"] });

it("runs with injected parameters, in the notebook's folder, and writes what it executed", async () => {
  const cells = [
    prose("# One"),
    parameters(),
    code("console.log(calls * 2, source, process.cwd())", { outputs: [shows("stale")] }),
  ];
  const folder = await writeNotebooks({ one: notebookOf(...cells) });
  const outputFile = join(folder, "out", "one.ipynb");
  const file = join(folder, "notebooks", "one.ipynb");
  const run = await runNotebook(file, { parameters: { calls: "21", source: "it's" }, outputFile });
  expect(run).toMatchObject({ status: "ok", name: "one" });
  const written = await readNotebook(outputFile);
  expect(written).toEqual(run.notebook);
  expect(written.cells[3]).toMatchObject({
    execution_count: 3,
    outputs: [{ name: "stdout", text: expect.stringMatching(/^42 it's .*notebooks\n$/) }],
  });
});

it("stops at the first cell that fails, leaves the rest, and still writes the notebook", async () => {
  const cells = [
    prose("# Two"),
    code("1"),
    code("throw new RangeError('too far')", { id: "bad" }),
    code("2"),
  ];
  const folder = await writeNotebooks({ two: notebookOf(...cells) });
  const outputFile = join(folder, "two.ipynb");
  const run = await runNotebook(join(folder, "notebooks", "two.ipynb"), { outputFile });
  expect(run).toMatchObject({
    status: "failed",
    stop: { cell: 3, cellId: "bad", reason: "RangeError: too far" },
  });
  const written = await readNotebook(outputFile);
  expect(written.cells.map((cell) => (cell.cell_type === "code" ? cell.outputs.length : null))).toEqual([
    null,
    1,
    1,
    0,
  ]);
});

it("tells which cell it is in and how far the measurement there is", async () => {
  const bar = `import { newDisplay } from "tslab";
const bar = newDisplay();
for (const share of [0, 0.43, 1]) bar.html(\`<p data-wirelab-progress="\${share}" data-wirelab-progress-text="a &amp; b">\`);`;
  const folder = await writeNotebooks({ three: notebookOf(prose("# Three"), code(bar)) });
  const heard: NotebookProgress[] = [];
  await runNotebook(join(folder, "notebooks", "three.ipynb"), {
    onProgress: (progress) => heard.push(progress),
  });
  const at = { notebook: "three", cell: 2, of: 2 };
  expect(heard).toEqual([
    { kind: "cell", ...at },
    ...[0, 0.43, 1].map((fraction) => ({ kind: "measurement", ...at, fraction, text: "a & b" })),
  ]);
});

it("ends as interrupted when its signal is aborted, and writes what it has", async () => {
  const cells = [code("console.log('begun')"), code("await new Promise(() => {})"), code("1")];
  const folder = await writeNotebooks({ four: notebookOf(prose("# Four"), ...cells) });
  const controller = new AbortController();
  const outputFile = join(folder, "four.ipynb");
  const run = await runNotebook(join(folder, "notebooks", "four.ipynb"), {
    outputFile,
    signal: controller.signal,
    onProgress: ({ cell }) => cell === 3 && controller.abort(),
  });
  expect(run).toMatchObject({ status: "interrupted", stop: { cell: 3 } });
  expect((await readNotebook(outputFile)).cells[1]).toMatchObject({ outputs: [{ text: "begun\n" }] });
});

it("says so when a cell ends the kernel", async () => {
  const folder = await writeNotebooks({
    five: notebookOf(prose("# Five"), code("process.exit(3)"), code("1")),
  });
  const run = await runNotebook(join(folder, "notebooks", "five.ipynb"));
  expect(run).toMatchObject({
    status: "failed",
    stop: { cell: 2, reason: expect.stringContaining("exit code 3") },
  });
});

it("starts no kernel for an unknown parameter or a missing notebook", async () => {
  const folder = await writeNotebooks({ six: notebookOf(prose("# Six"), parameters()) });
  const file = join(folder, "notebooks", "six.ipynb");
  await expect(runNotebook(file, { parameters: { colour: "red" } })).rejects.toMatchObject({ code: "usage" });
  await expect(runNotebook(join(folder, "none.ipynb"))).rejects.toMatchObject({ code: "usage" });
});
