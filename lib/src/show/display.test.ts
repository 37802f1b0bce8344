import { createRequire } from "node:module";
import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { show, showable } from "./display.js";

const require = createRequire(import.meta.url);

/** What tslab's kernel keeps while cells run: the function that sends a display to the notebook. */
interface KernelModule {
  lastWriteDisplayData: ((message: { data: Record<string, string> }) => void) | null;
}

const sample = () => showable({ ratio: 1.5 }, { html: () => "<b>1.5</b>", text: () => "one and a half" });

describe("an object that shows itself", () => {
  const written: string[] = [];
  beforeEach(() => {
    written.length = 0;
    vi.spyOn(process.stdout, "write").mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  });
  afterEach(() => vi.restoreAllMocks());

  const print = (text: string): void => {
    process.stdout.write(`${text}\n`);
  };

  it("is text without a kernel, and keeps its properties", () => {
    expect(inspect(sample())).toBe("one and a half");
    expect({ ...sample() }).toEqual({ ratio: 1.5 });
    expect(JSON.stringify(sample())).toBe('{"ratio":1.5}');
  });

  describe("in a kernel", () => {
    const shown: string[] = [];
    const kernel: KernelModule = require("tslab/dist/jupyter.js");
    beforeEach(() => {
      shown.length = 0;
      kernel.lastWriteDisplayData = ({ data }) => shown.push(data["text/html"] ?? "");
    });
    afterEach(() => {
      kernel.lastWriteDisplayData = null;
    });

    it("is HTML as a cell's last expression, and the empty line of text is swallowed", () => {
      print(inspect(sample()));
      print("after");
      expect(shown).toEqual(["<b>1.5</b>"]);
      expect(written).toEqual(["after\n"]);
    });

    it("swallows nothing but that line, and nothing in a later tick", async () => {
      print(`label ${inspect(sample())}`);
      inspect(sample());
      await null;
      print("");
      expect(written).toEqual(["label \n", "\n"]);
    });

    it("is text inside another object", () => {
      expect(inspect({ inner: sample() })).toBe("{ inner: one and a half }");
      expect(shown).toEqual([]);
    });

    it("is shown from the middle of a cell too", () => {
      show(sample());
      expect(shown).toEqual(["<b>1.5</b>"]);
    });
  });
});
