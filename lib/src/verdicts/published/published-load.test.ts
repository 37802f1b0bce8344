import { expect, test } from "vitest";
import { closedLoad, openLoad } from "../../schedule/load-choice.js";
import { isSameLoad, publishedLoad } from "./published-load.js";

const post004 = { post: "004", experiment: "factorial", condition: "100 users" };

test("the loads are those that the posts' commands say", () => {
  expect(publishedLoad({ post: "001", experiment: "10000 users", condition: "30 s" })).toEqual(
    closedLoad({ users: 10_000, spawnPerSecond: 10, runTimeMs: 30_000 }),
  );
  expect(publishedLoad(post004)).toEqual(
    closedLoad({ users: 100, spawnPerSecond: 10, thinkMs: [1000, 2000], runTimeMs: 180_000 }),
  );
  expect(publishedLoad({ post: "003", experiment: "increment", condition: "chain" })).toBeNull();
});

test("only the very same load may stand beside published numbers", () => {
  const published = closedLoad({ users: 100, spawnPerSecond: 10, thinkMs: [1000, 2000], runTimeMs: 180_000 });
  expect(isSameLoad(published, published)).toBe(true);
  expect(isSameLoad({ ...published, spawnPerSecond: 50 }, published)).toBe(false);
  expect(isSameLoad({ ...published, runTimeMs: 30_000 }, published)).toBe(false);
  expect(isSameLoad(openLoad({ callsPerSecond: 67, runTimeMs: 180_000 }), published)).toBe(false);
});
