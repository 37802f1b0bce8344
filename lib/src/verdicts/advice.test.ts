import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../record/testing/samples.js";
import { type Advice, loadAdvice, weigh } from "./advice.js";
import { judge } from "./judge.js";
import { loadClaims } from "./published/claims.js";
import { madeUpClaim, measured } from "./testing/made-up.js";

const claim = madeUpClaim({ ratio: null, metric: "median" });
const advice: Advice = {
  id: "made-up",
  post: claim.post,
  topic: "best practice",
  statement: "Use gRPC",
  rests: { on: "claims", claims: [claim.id] },
};

function verdict(low: number, high: number, conditions: string) {
  return judge(claim, measured(claim, low, high), { stack: "ported", host: "child", conditions });
}

test("each verdict stands on the side that it speaks for, with what tells it apart", () => {
  const { supporting, opposing, open } = weigh(advice, [
    verdict(2, 3, "one caller calls"),
    verdict(0.5, 0.6, "16 callers call at once"),
    verdict(0.99, 1.01, "the machine is new"),
    verdict(0.5, 2, "the machine is busy"),
  ]);
  expect(supporting).toEqual(["“REST takes longer than gRPC” holds when one caller calls"]);
  expect(opposing).toEqual([
    "“REST takes longer than gRPC” does not hold, the opposite is true, when 16 callers call at once",
    "“REST takes longer than gRPC” does not hold, the difference is negligible, when the machine is new",
  ]);
  expect(open).toEqual(["“REST takes longer than gRPC” is undecided when the machine is busy"]);
});

test("verdicts that agree under every condition are one clause", () => {
  const all = [verdict(0.5, 2, "one caller calls"), verdict(0.6, 2, "16 callers call at once")];
  expect(weigh(advice, all).open).toEqual([
    "“REST takes longer than gRPC” is undecided under all 2 conditions tested",
  ]);
});

test("a verdict alone needs no condition, and one without a measurement says what is missing", () => {
  expect(weigh(advice, [verdict(2, 3, "one caller calls")]).supporting).toEqual([
    "REST took 2 to 3 times as long as gRPC (median)",
  ]);
  const nothing = judge(claim, null, {
    stack: "",
    host: "child",
    conditions: "",
    missing: "a run of classify",
  });
  expect(weigh(advice, [nothing]).open).toEqual(["“REST takes longer than gRPC” needs a run of classify"]);
});

test("advice whose claims nobody judged, and advice that nothing measured can say, stay open", () => {
  expect(weigh(advice, []).open).toEqual([`${claim.id} was not judged`]);
  const unmeasured: Advice = { ...advice, rests: { on: "nothing measured", why: "it has no unit" } };
  expect(weigh(unmeasured, [verdict(2, 3, "")])).toMatchObject({ supporting: [], open: ["it has no unit"] });
});

test("every piece of advice rests on claims of its own post, or says why on none", () => {
  const claims = loadClaims();
  const known = (post: string) => claims.filter((one) => one.post === post).map(({ id }) => id);
  const all = loadAdvice();
  expect(all.filter(({ post }) => post === "002")).toHaveLength(12);
  for (const { post, rests } of all) {
    if (rests.on === "claims") expect(known(post)).toEqual(expect.arrayContaining([...rests.claims]));
  }
});

test("a row with both claims and a reason, or neither, is refused by name", () => {
  const path = join(temporaryFolder(), "advice.csv");
  for (const end of ["a-claim,a reason", ","]) {
    writeFileSync(path, `id,post,topic,statement,claims,unmeasured\none,002,t,s,${end}\n`);
    expect(() => loadAdvice(path)).toThrow(/advice\.csv: one needs either claims or unmeasured/);
  }
});
