import { expect, it } from "vitest";
import { interleave } from "./interleave.js";

it("runs both arms once in every block, in an order that changes, and leaves warm-up out", async () => {
  const ran: string[] = [];
  const arm = (name: string, offset: number) => async () => offset + ran.push(name);
  const options = { first: arm("a", 0), second: arm("b", 100), blocks: 20, warmupBlocks: 5, seed: 3 };
  const blocks = await interleave(options);
  expect(blocks).toHaveLength(20);
  const orders = new Set<string>();
  for (let at = 0; at < ran.length; at += 2) orders.add(ran.slice(at, at + 2).join(""));
  expect([...orders].sort()).toEqual(["ab", "ba"]);
  const rounds = blocks.flatMap(({ first, second }) => [first, second - 100]).sort((a, b) => a - b);
  expect(rounds).toEqual(Array.from({ length: 40 }, (_, round) => round + 11));
});
