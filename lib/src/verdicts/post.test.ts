import { expect, test } from "vitest";
import { judgePost } from "./post.js";
import { loadClaims } from "./published/claims.js";
import { measured } from "./testing/made-up.js";

const options = { stack: "ported", host: "child", conditions: "one machine" } as const;
const nothing = { ...options, comparison: null };

test("every claim of every post has a verdict, tested or not", () => {
  for (const post of ["000", "001", "002", "003", "004"]) {
    const verdicts = judgePost(post, () => [nothing]);
    const ids = loadClaims().flatMap((claim) => (claim.post === post ? [claim.id] : []));
    expect([...new Set(verdicts.map((verdict) => verdict.claim))]).toEqual(ids);
    expect(verdicts.every((verdict) => verdict.direction === "not testable here" && verdict.missing)).toBe(
      true,
    );
  }
});

test("post 003: REST is asked for with and without a kept connection, and the conditions say which", () => {
  const verdicts = judgePost("003", (claim) => {
    if (claim.second === "rest-no-framework")
      return [{ ...nothing, missing: `a server for ${claim.second}` }];
    const [low, high] = claim.first === "rest-new-connection" ? [1.5, 1.6] : [0.6, 0.7];
    return [{ ...options, comparison: measured(claim, low, high) }];
  });
  const rest = verdicts.filter((verdict) => verdict.claim === "003-rest-vs-grpc");
  expect(rest.map(({ first, conditions, direction }) => [first, conditions, direction])).toEqual([
    ["rest", "one machine; REST keeps its connection", "opposite"],
    ["rest-new-connection", "one machine; REST opens a new connection for every call", "holds"],
  ]);
  const stream = verdicts.filter((verdict) => verdict.claim === "003-grpc-vs-stream");
  expect(stream.map((verdict) => verdict.conditions)).toEqual(["one machine"]);
  const framework = verdicts.find((verdict) => verdict.claim === "003-framework");
  expect(framework?.missing).toBe("a server for rest-no-framework");
});

test("a claim has a verdict for each run that speaks on it, told apart by conditions", () => {
  const verdicts = judgePost("003", (claim) =>
    ["one machine", "another machine"].map((conditions) => ({
      ...options,
      conditions,
      comparison: measured(claim, 2, 3),
    })),
  ).filter(({ claim }) => claim === "003-grpc-vs-stream");
  expect(verdicts.map(({ conditions }) => conditions)).toEqual(["one machine", "another machine"]);
});

test("refuses a post that has no claims", () => {
  expect(() => judgePost("005", () => [nothing])).toThrow(/no claims of a post 005/);
});
