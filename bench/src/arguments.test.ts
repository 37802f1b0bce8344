import { describe, expect, it } from "vitest";
import { readArguments, usage } from "./arguments.js";
import { rows } from "./rows.js";

describe("the bench's command line", () => {
  it("runs every row when none is named, at full size", () => {
    expect(readArguments([])).toEqual({ kind: "run", rows, repeats: 100, tries: 20, smoke: false });
  });

  it("runs named rows in the order of the table, each once", () => {
    const asked = readArguments(["ghz", "wrk", "ghz", "--repeats", "7"]);
    expect(asked).toMatchObject({ rows: [{ name: "wrk" }, { name: "ghz" }], repeats: 7 });
  });

  it("tells every row's name, each of its own", () => {
    const names = rows.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(usage).toContain(name);
  });

  it.each([
    [["nope"], /no row "nope"; choose from overhead-rest, .*, hour\.$/],
    [["wrk", "Wrk"], /no row "Wrk"/],
    [["--fast"], /Unknown option '--fast'.*--help/],
    [["--repeats", "0"], /--repeats must be a whole number above 0, not 0/],
    [["--tries", "1e3"], /--tries must be a whole number above 0, not 1e3/],
  ])("refuses %j in a sentence", (argv, sentence) => {
    expect(() => readArguments(argv)).toThrow(
      expect.objectContaining({ code: "usage", message: expect.stringMatching(sentence) }),
    );
  });
});
