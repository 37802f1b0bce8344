import { expect, test } from "vitest";
import { WirelabError } from "../errors.js";
import { exitCodeOf, explain } from "./failure.js";

test("a WirelabError is its own sentence", () => {
  const error = new WirelabError("port-in-use", "Port 5000 is in use.");
  expect(explain(error, {})).toBe("Port 5000 is in use.");
  expect(exitCodeOf(error)).toBe(1);
  expect(exitCodeOf(new WirelabError("usage", "No."))).toBe(2);
});

test("what was not foreseen is one line that says how to see more", () => {
  const error = new TypeError("x is not a function.\nand more");
  expect(explain(error, {})).toBe(
    "Something unforeseen went wrong: x is not a function. Set WIRELAB_DEBUG=1 to see where.",
  );
  expect(exitCodeOf(error)).toBe(1);
  expect(explain("text", {})).toMatch(/went wrong: text\. Set/);
  expect(explain(new Error(""), {})).toMatch(/no reason was given/);
});

test("WIRELAB_DEBUG=1 shows the stack, and that of the cause", () => {
  const cause = new Error("deep inside");
  const error = new WirelabError("disk", "The disk is full.", { cause });
  const text = explain(error, { WIRELAB_DEBUG: "1" });
  expect(text).toMatch(/^The disk is full\.\n/);
  expect(text).toMatch(/failure\.test\.ts/);
  expect(text).toMatch(/Caused by Error: deep inside\n\s+at /);
});
