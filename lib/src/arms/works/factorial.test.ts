import { factorial } from "@wirelab/servers/dist/work/factorial.js";
import { expect, test } from "vitest";
import { factorialWorkload } from "./factorial.js";

const answer = (result: number) => ({ result, time_taken: 0.5 });

test.each([
  [0, 1],
  [11, 39_916_800],
  [10_000, 6_388_460],
  [100_000, 20_163_673],
])("knows that %d! is %d, and takes nothing else", (number, result) => {
  const { first, isRight } = factorialWorkload(number);
  expect(first).toBe(number);
  expect(isRight(first, answer(result))).toBe(true);
  expect(isRight(first, answer(result + 1))).toBe(false);
});

test("comes to the servers' results on its own way", () => {
  for (const number of [1, 2, 12, 13, 999, 12_345, 200_000]) {
    expect(factorialWorkload(number).isRight(number, answer(factorial(number)))).toBe(true);
  }
});

test("asks for 10000 unless told, says the result alone, and takes seconds for what they are", () => {
  const { first, say, serverMs, next } = factorialWorkload();
  expect(first).toBe(10_000);
  expect(next(answer(6_388_460))).toBe(10_000);
  expect(say(answer(6_388_460))).toBe("6388460");
  expect(serverMs?.(answer(1))).toBe(500);
});

test.each([null, {}, "1", { result: 1 }, { result: "1", time_taken: 0.1 }, { time_taken: 0.1 }])(
  "does not take %j for an answer",
  (json) => expect(factorialWorkload(1).rest.read(json)).toBeNull(),
);
