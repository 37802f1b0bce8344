import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { measure } from "./experiment/measure.js";
import * as lab from "./index.js";
import { typeCheckNotebooks } from "./notebook/cells/type-check.js";
import { code, notebookOf } from "./notebook/testing/notebooks.js";
import { projectRoot } from "./root.js";
import { publicNames } from "./testing/public-docs.js";

const names = publicNames(join(projectRoot, "lib", "src", "index.ts"));
const examples = names.flatMap(({ name, examples: own }) => own.map((example) => ({ name, example })));

/** What examples speak of that other cells have made. */
const context = ["run", "local", "remote", "before", "after", "sweep", "loaded"];

it.each(names)("$name says in prose what it is, and has an example", ({ name, prose, examples: own }) => {
  expect(prose, `the doc of ${name}`).toMatch(/^\P{Ll}.*\S[.:]?$/su);
  expect(prose, "errors stand under @throws").not.toContain("Throws ");
  expect(own.join("\n"), `the example of ${name}`).toMatch(new RegExp(`\\blab\\.${name}\\b`));
});

it("examples compile as cells of a notebook, by the kernel's compiler", () => {
  const made = `import * as lab from "wirelab";
const [${context.join(", ")}] = [] as unknown as lab.Run[], runs: readonly lab.Run[] = [];`;
  const notebook = notebookOf(...[made, ...examples.map(({ example }) => example)].map((cell) => code(cell)));
  const problems = typeCheckNotebooks([{ file: join(projectRoot, "examples"), notebook }]);
  expect(problems.map(({ cell, message }) => `${examples[cell - 2]?.name}: ${message}`)).toEqual([]);
});

describe("an example", () => {
  /** These measure for long, or read a file that only its reader has. */
  const tooMuch =
    /lab\.(measure|conditions|ladder|map|mechanisms|phases|ratioPath|replicate|suspects|open|read|history)\(/;
  const runnable = examples.filter(({ example }) => !tooMuch.test(example));
  let made: Record<string, unknown> = {};

  let folder = "";
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "wirelab-examples-"));
    const small = { host: "in-process", calls: 48, blocks: 3, warmupBlocks: 1, runsFolder: folder } as const;
    const run = await measure({ ...small, arms: ["rest", "grpc"] });
    const sized = await measure({ ...small, work: "payload", size: 1024, arms: ["rest", "grpc"] });
    const sweep = await measure({ ...small, arms: lab.atConcurrency(["rest", "grpc"], [1, 2]) });
    const correct = join(folder, "correct");
    cpSync(join(projectRoot, "lib", "src", "experiment", "fixtures", "correct"), correct, {
      recursive: true,
    });
    made = {
      run,
      local: run,
      remote: run,
      before: run,
      after: run,
      runs: [sized],
      sweep,
      loaded: await lab.open(correct),
    };
  });

  it.each(runnable)("of $name runs", async ({ example }) => {
    const { outputText } = ts.transpileModule(example, {
      compilerOptions: { target: ts.ScriptTarget.ES2022 },
    });
    const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
    await new AsyncFunction("lab", ...Object.keys(made), outputText)(lab, ...Object.values(made));
  });
});
