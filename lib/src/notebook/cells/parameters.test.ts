import { describe, expect, it } from "vitest";
import { code, notebookOf, prose } from "../testing/notebooks.js";
import { declaredParameters, injectParameters, parseParameters } from "./parameters.js";

const source = `// How many calls
let calls = 10_000; // of each arm
let source: string = "";
let quick = false
let delayMs = -1.5e-3;
let folder: string | null = null;`;

const notebook = notebookOf(prose("# Title"), code(source, { tags: ["parameters"] }), code("calls"));

describe("parseParameters", () => {
  it("splits at the first =", () => {
    expect(parseParameters(["calls=1000", "source=data/a=b", "empty="])).toEqual({
      calls: "1000",
      source: "data/a=b",
      empty: "",
    });
  });

  it.each([["calls"], ["=1"], [" =1"]])("refuses %j", (argument) => {
    expect(() => parseParameters([argument])).toThrow(/write name=value/);
  });

  it("refuses a name given twice", () => {
    expect(() => parseParameters(["a=1", "a=2"])).toThrow(/given twice/);
  });
});

it("knows the parameters that a notebook declares, with their types", () => {
  expect(declaredParameters(notebook)).toEqual([
    { name: "calls", type: "number", literal: "10_000" },
    { name: "source", type: "string", literal: '""' },
    { name: "quick", type: "boolean", literal: "false" },
    { name: "delayMs", type: "number", literal: "-1.5e-3" },
    { name: "folder", type: "string", literal: "null" },
  ]);
});

describe("injectParameters", () => {
  const inject = (...args: string[]) => injectParameters(notebook, parseParameters(args));

  it("adds a cell after the parameters, with literals that cannot break out", () => {
    const injected = inject("calls=2_000", 'source="; process.exit(1); "', "quick=true");
    expect(injected.cells.map(({ id }) => id)).toEqual([
      notebook.cells[0]?.id,
      notebook.cells[1]?.id,
      "injected-parameters",
      notebook.cells[2]?.id,
    ]);
    expect(injected.cells[2]?.source).toBe(
      'let calls = 2000;\nlet source = "\\"; process.exit(1); \\"";\nlet quick = true;',
    );
  });

  it("replaces an earlier injection and removes it when there is nothing to inject", () => {
    const twice = injectParameters(inject("calls=1"), { calls: "2" });
    expect(twice.cells).toHaveLength(4);
    expect(twice.cells[2]?.source).toBe("let calls = 2;");
    expect(injectParameters(twice, {})).toEqual(notebook);
  });

  it("lists the known names for one that is not declared", () => {
    expect(() => inject("colour=red")).toThrow(
      /no parameter colour.*knows: calls, source, quick, delayMs, folder/,
    );
    expect(() => injectParameters(notebookOf(), { calls: "1" })).toThrow(/has no parameters/);
  });

  it.each([
    ["calls=many", /calls must be a number, like 10_000; it was given "many"/],
    ["calls=", /must be a number/],
    ["calls=Infinity", /must be a number/],
    ["quick=1", /quick must be true or false, like false; it was given "1"/],
  ])("refuses %s", (argument, sentence) => {
    expect(() => inject(argument)).toThrow(sentence);
  });
});
