import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { code, notebookOf, prose, shows, writeNotebooks } from "../testing/notebooks.js";
import type { Cell } from "./ipynb.js";
import { lintNotebook } from "./lint.js";
import { lintMain } from "./lint-main.js";
import { typeCheckNotebooks } from "./type-check.js";

const lint = (...cells: Cell[]) => lintNotebook("n.ipynb", notebookOf(...cells));
const start = [prose("# Title"), code("let count = 1;\nimport { rest } from 'wirelab';")];

describe("a trap of the kernel", () => {
  it.each([
    ["a shorthand of an earlier cell's name", "f({ count })", /write "{ count: count }"/],
    ["a shorthand of an earlier cell's import", "f({ rest })", /rest is from an earlier cell/],
    ["an await with parentheses", "await (f())", /leave out the parentheses/],
    ["a for await alone", "for await (const x of xs) f(x);", /needs another await/],
    ["an import of a path in a package", "import { a } from 'pkg/sub';", /does not find "pkg\/sub"/],
    ["the same in a scope", "import { a } from '@scope/pkg/sub';", /does not find/],
    ["an import of a file", "import { a } from '../lib/a.js';", /cannot import/],
    ["a dynamic import of a file", "const a = await import('./a.js');", /cannot import/],
    ["what does not parse", "const = 1;", /expected/],
  ])("is found: %s", (_, source, message) => {
    const problems = lint(...start, code(`// a comment\n${source}`));
    expect(problems).toMatchObject([
      { file: "n.ipynb", cell: 3, line: 2, message: expect.stringMatching(message) },
    ]);
  });

  it.each([
    ["a shorthand of its own name", "const count = 2; f({ count })"],
    ["a shorthand of a parameter", "f((count) => ({ count }))"],
    ["the long form", "f({ count: count })"],
    ["an await without parentheses", "await f((1))"],
    ["parentheses inside a function", "const g = async () => await (f());"],
    ["a for await beside an await", "await f(); for await (const x of xs) f(x);"],
    [
      "packages and Node's own modules",
      "import { a } from 'pkg';\nimport b from '@scope/pkg';\nimport fs from 'node:fs/promises';",
    ],
  ])("is not seen in %s", (_, source) => {
    expect(lint(...start, code(source))).toEqual([]);
  });
});

describe("the rules of the house", () => {
  it.each<[string, Cell[], RegExp]>([
    ["code first", [code("1")], /first cell must be prose/],
    ["outputs", [prose("# T"), code("1", { outputs: [shows("x")] })], /Outputs do not belong/],
    ["a count", [prose("# T"), { ...code("1"), execution_count: 3 }], /execution count does not/],
    ["long cells", [prose("# T"), code("1;\n".repeat(9))], /9 lines of code; at most 8/],
    [
      "an unreadable parameter",
      [prose("# T"), code("let a = f();", { tags: ["parameters"] })],
      /let name = literal/,
    ],
    ["an injected cell", [prose("# T"), code("a = 1", { tags: ["injected-parameters"] })], /delete it/],
    ["an id twice", [prose("# T"), code("1", { id: "a" }), code("2", { id: "a" })], /the id a;/],
  ])("refuse %s", (_, cells, message) => {
    expect(lint(...cells)).toMatchObject([{ message: expect.stringMatching(message) }]);
  });

  it("let parameters and comments be longer", () => {
    const parameters = Array.from({ length: 12 }, (_, i) => `let p${i} = ${i};`).join("\n");
    expect(
      lint(prose("# T"), code(parameters, { tags: ["parameters"] }), code(`${"// why\n".repeat(9)}1`)),
    ).toEqual([]);
  });
});

describe("the type check", () => {
  it("finds a wrong type in its cell and line, over cells, and lets a name be declared again", async () => {
    const cells = [
      code("import { createHash } from 'node:crypto';\nlet count = 1;"),
      code("import { createHash, randomUUID } from 'node:crypto';\nconst count = 'text';"),
      code("count.toUpperCase();\ncreateHash(randomUUID()).missing();"),
      code("await null;\nconst n: number = count;"),
    ];
    const folder = await writeNotebooks({ typed: notebookOf(prose("# T"), ...cells) });
    await writeFile(join(folder, "package.json"), "{}");
    const file = join(folder, "notebooks", "typed.ipynb");
    const problems = typeCheckNotebooks([{ file, notebook: notebookOf(prose("# T"), ...cells) }]);
    expect(problems).toMatchObject([
      { file, cell: 4, line: 2, message: expect.stringContaining("'missing' does not exist") },
      { file, cell: 5, line: 2, message: expect.stringContaining("not assignable to type 'number'") },
    ]);
  });
});

describe("the command", () => {
  async function check(...args: string[]): Promise<{ status: number; lines: string[] }> {
    const lines: string[] = [];
    const status = await lintMain(args, (line) => lines.push(line));
    return { status, lines };
  }

  it("prints file, cell, line and sentence, for every notebook of a folder", async () => {
    const good = notebookOf(prose("# Good"), code("const n: number = 1;\nn"));
    const folder = join(
      await writeNotebooks({ good, bad: notebookOf(prose("# Bad"), code("\nawait (1)")) }),
      "notebooks",
    );
    await writeFile(join(folder, "broken.ipynb"), "{}");
    const { status, lines } = await check(folder);
    expect(status).toBe(1);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/broken\.ipynb is not a notebook/);
    expect(lines[1]).toMatch(/bad\.ipynb, cell 2, line 2: "await/);
    expect(await check(join(folder, "good.ipynb"))).toEqual({ status: 0, lines: [] });
    expect((await check()).status).toBe(2);
  });
});
