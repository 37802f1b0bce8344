import { expect, test } from "vitest";
import { makePlan } from "../../experiment/plan/plan.js";
import { postStack } from "./post-stack.js";
import { suspectsOf } from "./suspects.js";

const { work, baseline, suspects, untried } = suspectsOf("003");

test("the suspects of a number can be measured in one run, and none of it is ours", () => {
  const plan = makePlan({ work, arms: [baseline, ...suspects].map(({ choice }) => choice) });
  expect(plan.servers.map(({ program }) => program)).not.toContain("node");
  for (const { choice } of suspects) {
    const { arm, program } = baseline.choice;
    expect(postStack("003").map((own) => [own.arm, own.program])).toContainEqual([arm, program]);
    expect([choice.arm, choice.program]).not.toEqual([arm, program]);
  }
});

test("what is tried together is also tried alone", () => {
  const alone = suspects.map(({ choice }) => choice);
  expect(alone.map(({ arm, program }) => `${arm} ${program}`)).toEqual(
    expect.arrayContaining([
      "requests-localhost fastapi",
      "requests flask-debug",
      "requests flask-terminal",
      "requests flask-unthreaded",
      "requests flask",
    ]),
  );
  expect(untried.every((sentence) => /^Not tried: .*\.$/.test(sentence))).toBe(true);
});

test("a post of which nothing is suspected is refused with those of which something is", () => {
  expect(() => suspectsOf("002")).toThrow(/no suspects for a number of post 002; there are for 003\./);
});
