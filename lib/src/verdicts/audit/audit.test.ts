import { describe, expect, test } from "vitest";
import { madeUpClaim, madeUpTable } from "../testing/made-up.js";
import { auditPost, auditTable } from "./audit.js";

function foundIn(post: string): string {
  return auditPost(post)
    .map(({ strength, printed, found }) => `${strength}: ${printed} => ${found}`)
    .join("\n");
}

describe("post 003", () => {
  const findings = auditPost("003");
  test("has two contradictions and three doubts, contradictions first", () => {
    expect(findings.map((finding) => finding.strength)).toEqual([
      "contradiction",
      "contradiction",
      "suggestive",
      "suggestive",
      "suggestive",
    ]);
    expect(findings.every((finding) => finding.post === "003")).toBe(true);
  });
  test.each([
    ["the rate that is a tenth", /12\.5\/s for 10000 calls.*10,000 calls ÷ 79\.8 s = 125 calls a second/],
    ["not waiting in a chain", /1\.1 s by not waiting.*108 µs a call has another cause/],
    ["a function call beside its loop", /suggestive: 10000 calls of function.*µs a call/],
    ["a REST call of 8 ms", /suggestive: 10000 calls of rest in.*7\.98 ms a call/],
    ["one run each", /suggestive: one total each for function, rest, grpc, grpc-stream/],
  ])("%s", (_what, expected) => {
    expect(foundIn("003")).toMatch(expected);
  });
});

test.each([
  ["000", "gRPC below the ping within a zone", /contradiction: add over grpc.*same zone.*1\.49 ms/],
  ["000", "gRPC below the ping across regions", /contradiction: image over grpc.*different region.*35\.6 ms/],
  [
    "000",
    "faster in both beside a row that says otherwise",
    /contradiction: Sending an image.*one machine.*0\.718/,
  ],
  ["000", "two round trips", /suggestive: add over rest-new-connection.*2\.03 round trips/],
  ["001", "one call at a time", /suggestive: 16,622 calls.*= 1\.11 users at work, beside 83\.3/],
  ["001", "lagging ahead", /contradiction: Even two REST workers.*30 s.*1\.03/],
  ["001", "users that could not have started", /contradiction: 10,000 users in 30 s.*has started 300 users/],
  ["001", "one call at a time, longer", /suggestive: 66,796 calls.*= 1\.11 users at work/],
  [
    "000",
    "more windows than round trips",
    /suggestive: image over grpc.*same zone.*25 round trips, 37\.2 ms/,
  ],
  ["004", "an average that is cumulative", /contradiction: a column of average.*since the start/],
  ["004", "names of listings that do not fit", /contradiction: two listings.*response_time\.csv/],
  ["004", "a rate fixed by think time", /suggestive: 11,653 calls with 1\.5 s of thinking/],
])("post %s: %s", (post, _what, expected) => {
  expect(foundIn(post)).toMatch(expected);
});

test("what the laws allow is not held against the posts", () => {
  expect(foundIn("001")).not.toMatch(/\(rest, 100 users|\(rest-2-workers|120 s.*Even two/);
  expect(foundIn("004")).not.toContain("users at work");
  expect(foundIn("000")).not.toMatch(/rest-new-connection takes.*no answer/);
  expect(auditPost("002")).toEqual([]);
});

test("a sound table of every kind has no findings", () => {
  const load = [
    ["users", "users", 100],
    ["spawn rate", "users/s", 100],
    ["duration", "s", 60],
    ["mean", "ms", 10],
    ["max", "ms", 30],
  ] as const;
  const sound = madeUpTable(
    [
      { arm: "ping", condition: "far", cells: [["mean", "ms", 30]] },
      { arm: "grpc", condition: "far", cells: [["mean", "ms", 31]] },
      { arm: "grpc", condition: "busy", cells: [...load, ["count", "calls", 590_000]] },
      {
        arm: "rest",
        condition: "chain",
        cells: [
          ["count", "calls", 10_000],
          ["total", "s", 2],
          ["rate", "1/s", 5000],
          ["median", "ms", 0.19],
        ],
      },
    ],
    [
      madeUpClaim({ ratio: 1.2 }),
      madeUpClaim({ direction: "below one", ratio: 0.9 }),
      madeUpClaim({ ratio: null }),
    ],
  );
  expect(auditTable(sound)).toEqual([]);
});
