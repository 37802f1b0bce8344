import * as fc from "fast-check";
import { expect, test } from "vitest";
import { WirelabError } from "../../errors.js";
import { ofEachArm, parseThreshold } from "./threshold.js";

const rest = { arm: "rest", per: null };
const baseline = (factor: number) => ({ kind: "baseline", factor });
const value = (of: number) => ({ kind: "value", value: of });

test.each([
  ["p99 rest > 1.10 * baseline", { metric: "p99", ...rest }, "above", baseline(1.1)],
  ["median grpc>baseline", { metric: "median", arm: "grpc", per: null }, "above", baseline(1)],
  ["p50 rest >= baseline × 2", { metric: "median", ...rest }, "above", baseline(2)],
  ["rate rest < 0.9*baseline", { metric: "rate", ...rest }, "below", baseline(0.9)],
  ["p99 rest > 20 ms", { metric: "p99", ...rest }, "above", value(20)],
  ["mean rest > 1.5s", { metric: "mean", ...rest }, "above", value(1500)],
  ["cpu rest > 250 µs", { metric: "cpu", ...rest }, "above", value(0.25)],
  ["rate rest <= 100 /s", { metric: "rate", ...rest }, "below", value(100)],
  ["error rate rest > 1 %", { metric: "error rate", ...rest }, "above", value(0.01)],
  ["median rest / grpc < 0.9", { metric: "median", arm: "rest", per: "grpc" }, "below", value(0.9)],
  ["p99 rest ÷ grpc > 1.1 * baseline", { metric: "p99", arm: "rest", per: "grpc" }, "above", baseline(1.1)],
  ['p90 "POST /add" > 2 ms', { metric: "p90", arm: "POST /add", per: null }, "above", value(2)],
  ["mean /add > 2 ms", { metric: "mean", arm: "/add", per: null }, "above", value(2)],
  ['mean "a \\"b\\" \\\\ \'" > 2 ms', { metric: "mean", arm: `a "b" \\ '`, per: null }, "above", value(2)],
  ["mean 'a \"b\"' > 2 ms", { metric: "mean", arm: 'a "b"', per: null }, "above", value(2)],
] as const)("%s is read", (text, subject, beyond, bound) => {
  const threshold = parseThreshold(text);
  expect(threshold).toMatchObject({ text, subject, beyond, bound: { kind: bound.kind } });
  const [found, meant] = [threshold.bound, bound].map((one) => ("factor" in one ? one.factor : one.value));
  expect(found).toBeCloseTo(meant as number, 12);
});

test.each([
  ["", 1, /a metric has to stand here: median, mean/],
  ["p98 rest > 1 ms", 1, /a metric/],
  ["p99 > 1 ms", 5, /name of an arm, or \* for every arm, .* in quotes/],
  ["p99 rest 1 ms", 10, /one of >, >=, <, <=/],
  ["p99 rest == 1 ms", 10, /one of >/],
  ["p99 rest > 20", 14, /a unit .*: ns, µs, ms, s; or \* baseline/],
  ["p99 rest > 20 MB", 15, /a unit/],
  ["p99 rest > 20MB", 12, /a unit/],
  ["rate rest > 20 ms", 16, /a unit .*: \/s;/],
  ["p99 rest > fast", 12, /a number/],
  ["p99 rest > -1 ms", 12, /a number/],
  ["p99 rest > 1.1 * base", 18, /only baseline/],
  ["p99 rest > 1.1 * baseline and more", 27, /has to end here/],
  ["error rate rest > 2 * baseline", 19, /held against a share/],
  ["error rate rest / grpc > 2", 24, /not divided/],
  ["median rest / grpc > 2 ms", 24, /has no unit/],
  ["p99 'rest > 1 ms", 5, /quote that begins here/],
])("%j is refused at character %i", (text, at, why) => {
  const message = refusal(text);
  expect(message).toMatch(why);
  expect(message).toContain(`at character ${at}:`);
  expect(message.split("\n")[2]).toBe(`  ${" ".repeat(at - 1)}^`);
  expect(message).toMatch(/Its forms are METRIC ARM > FACTOR \* baseline/);
});

test("a star is every arm, whatever they are called", () => {
  const arms = ["rest", 'a "b" \\ | *', "POST /add"];
  const each = ofEachArm(parseThreshold("p99 * > 1.1 * baseline"), arms);
  expect(each.map(({ subject }) => subject)).toEqual(arms.map((arm) => ({ metric: "p99", arm, per: null })));
  expect(each[0]?.text).toBe('p99 "rest" > 1.1 * baseline');
  const one = parseThreshold("p99 rest > 1 ms");
  expect(ofEachArm(one, arms)).toEqual([one]);
});

test("any text is read or refused in words", () => {
  const piece = fc.constantFrom(
    "p99",
    "rest",
    ">",
    "<",
    "*",
    "/",
    "1.1",
    "ms",
    "%",
    "baseline",
    '"',
    " ",
    "error rate",
    "\n",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((all) => all.join(" ")),
      ),
      (text) => {
        try {
          expect(parseThreshold(text).text).toBe(text.trim());
        } catch (error) {
          expect(error).toMatchObject({ name: "WirelabError", code: "usage" });
        }
      },
    ),
  );
});

function refusal(text: string): string {
  try {
    parseThreshold(text);
  } catch (error) {
    if (error instanceof WirelabError) return error.message;
  }
  throw new Error(`${text} was read`);
}
