import { expect, test } from "vitest";
import { sumInBlocks } from "./block-mean.js";
import { matchBlocks, sharedBlocks } from "./matched-rounds.js";

const at = (pair: number, block: number, value: number) => ({ pair, block, value });
const first = [at(1, 12, 1), at(0, 3, 2), at(0, 4, 3)];
const second = [at(0, 3, 10), at(11, 2, 20), at(1, 12, 30)];

test("only blocks that all lists have are left, in the order of the first", () => {
  expect(sharedBlocks([first, second])).toEqual([
    { pair: 1, block: 12, each: [at(1, 12, 1), at(1, 12, 30)] },
    { pair: 0, block: 3, each: [at(0, 3, 2), at(0, 3, 10)] },
  ]);
  expect(sharedBlocks([first, second, [at(0, 3, 100)]]).map(({ each }) => each.length)).toEqual([3]);
  expect(sharedBlocks([first, []])).toEqual([]);
  expect(sharedBlocks([])).toEqual([]);
});

test("two lists are matched one by one, and what they add to a block is summed pair by pair", () => {
  expect(matchBlocks(first, second)[1]).toEqual([at(0, 3, 2), at(0, 3, 10)]);
  expect(sumInBlocks([first, second])).toEqual([[31], [12]]);
});
