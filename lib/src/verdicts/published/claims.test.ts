import { describe, expect, test } from "vitest";
import { madeUpClaim } from "../testing/made-up.js";
import type { Claim } from "../types.js";
import { contradictsItself, loadClaims, readings } from "./claims.js";
import { loadNumbers, type PublishedNumber } from "./published.js";

const numbers = loadNumbers();
const claims = loadClaims();

function printed(claim: Claim, arm: string, metric: string): number | null {
  const same = (row: PublishedNumber) =>
    row.post === claim.post &&
    row.experiment === claim.experiment &&
    row.arm === arm &&
    row.condition === claim.conditions &&
    row.metric === metric;
  return numbers.find(same)?.value ?? null;
}

function behind(claim: Claim, arm: string): number | null {
  if (claim.metric !== "spread") return printed(claim, arm, claim.metric);
  const [min, max] = [printed(claim, arm, "min"), printed(claim, arm, "max")];
  return min === null || max === null ? null : max - min;
}

describe("claims.csv", () => {
  test.each(claims.filter((claim) => claim.ratio !== null))("$id rests on numbers.csv", (claim) => {
    const [first, second] = [behind(claim, claim.first), behind(claim, claim.second)];
    expect(first).not.toBeNull();
    expect(second).not.toBeNull();
    const ratio = (first ?? Number.NaN) / (second ?? Number.NaN);
    expect(Math.abs((claim.ratio ?? 0) / ratio - 1)).toBeLessThan(6e-5);
  });

  test.each(claims.filter((claim) => claim.ratio === null && claim.id !== "003-not-waiting"))(
    "$id has no ratio because the post prints no such numbers",
    (claim) => {
      expect(behind(claim, claim.first) === null || behind(claim, claim.second) === null).toBe(true);
    },
  );

  test("has ids that begin with the post and are used once", () => {
    for (const claim of claims) expect(claim.id).toMatch(new RegExp(`^${claim.post}-[a-z0-9-]+$`));
    expect(new Set(claims.map((claim) => claim.id)).size).toBe(claims.length);
    expect(new Set(claims.map((claim) => claim.post))).toEqual(new Set(["000", "001", "002", "003", "004"]));
  });

  test("only two posts' words contradict their own numbers", () => {
    expect(claims.filter((claim) => contradictsItself(claim)).map((claim) => claim.id)).toEqual([
      "000-image-local",
      "001-two-workers-count-30",
    ]);
  });

  test("post 003's claims about REST are judged with and without a kept connection", () => {
    const about = claims.filter(
      (claim) => claim.post === "003" && claim.first === "rest" && claim.ratio !== null,
    );
    expect(about.length).toBe(3);
    for (const claim of about) {
      expect(readings(claim).map((reading) => reading.first)).toEqual(["rest", "rest-new-connection"]);
      expect(readings(claim).map((reading) => reading.second)).toEqual([claim.second, claim.second]);
    }
  });
});

test("a claim without an alternative has one reading, itself", () => {
  const claim = madeUpClaim();
  expect(readings(claim)).toEqual([claim]);
});
