import { expect, it } from "vitest";
import { html } from "../../show/html.js";
import { claim, verdict } from "../testing/fixed.js";
import { answer } from "./ledger.js";
import { ledgerContents, ledgerTables } from "./ledger-table.js";

it("says that nothing is known yet when there is no verdict", () => {
  expect(answer([], [claim])).toMatch(/^No claim has a verdict yet/);
});

it("speaks of a single claim without counting", () => {
  expect(answer([verdict], [claim])).toMatch(
    /^The one published claim tested comes out the other way round. One more has no/,
  );
});

it("counts claims, not verdicts, and puts one that turns with its conditions into words", () => {
  const turned = {
    ...verdict,
    direction: "holds",
    conditions: "one machine; REST opens a new connection for every call",
  } as const;
  const untested = {
    ...verdict,
    claim: "other",
    direction: "not testable here",
    ratio: null,
    low: null,
    high: null,
    missing: "two machines",
  } as const;
  expect(answer([verdict, turned, untested], [claim, { ...claim, id: "b" }])).toBe(
    "Of 2 published claims tested, 1 holds under some conditions only and 1 cannot be tested here. 2 more have no verdict yet. " +
      "“A chain of calls takes longer over REST than over gRPC” holds when REST opens a new connection for every call; not when REST keeps its connection (the opposite).",
  );
});

it("does not say that a claim holds where one condition turns it round and the others leave it open", () => {
  const open = { ...verdict, direction: "undecided", conditions: "two machines" } as const;
  expect(answer([verdict, open], [])).toContain("tested holds beyond doubt under no condition tested.");
});

it("says at once whom few pairs speak of", () => {
  const narrow = { ...verdict, scope: "these processes only" };
  expect(answer([narrow], [])).toMatch(
    /All measured verdicts rest on fewer than 10 pairs of fresh processes: they speak of the processes that ran and of no others\.$/,
  );
  expect(answer([verdict], [])).not.toContain("pairs of fresh");
  expect(answer([verdict, { ...narrow, claim: "b" }], [])).toContain("1 of the 2 measured verdicts rest on");
});

const replicated = {
  ...verdict,
  stack: "replicated: fastapi 0.165",
  first: "rest-new-connection",
  ratio: 5.47,
};
const crowd = {
  ...verdict,
  conditions: "16 callers call at once",
  ratio: 0.9123,
  scope: "these processes only",
};
const rows = [verdict, crowd, replicated].map((one, i) => ({ verdict: one, href: `01.html#cell-${i}` }));

const claimConditions = [
  {
    value: { claim: verdict.claim, brief: "holds only far away", sentence: "holds far away; not here" },
    href: "06.html#cell-f",
  },
];

function shown(claims = [claim]): string {
  const parts = { ledger: rows, claims, claimConditions };
  return html`${ledgerContents(parts)}${ledgerTables(parts)}`.markup;
}

it("has one row a claim under its post, and loses no verdict", () => {
  const markup = shown();
  expect(markup.match(/<th scope="row">A chain of calls/g)).toHaveLength(1);
  expect(markup).toContain('<h3 id="post-003">Post 003: GRPC experiments</h3>');
  const [row = "", fold = ""] = markup.split("<details>");
  for (const part of [
    "24.0×",
    "0.643×",
    "0.620–0.660×",
    "the opposite holds",
    "5.47×",
    "holds only far away",
    'href="06.html#cell-f"',
    'href="01.html#cell-2"',
  ]) {
    expect(row).toContain(part);
  }
  expect(row).not.toContain("0.912×");
  for (const part of [
    "0.912×",
    "16 callers call at once",
    "20\u202f000 calls",
    "fresh processes",
    "data/runs/",
    "01.html#cell-1",
  ]) {
    expect(fold).toContain(part);
  }
});

it("folds the claims that have no verdict, and shows that they are there", () => {
  const other = { ...claim, id: "000-x", post: "000", statement: "Another claim" };
  const markup = shown([claim, other]);
  expect(markup).toContain("python flask rest vs python grpc: no verdict yet.");
  expect(markup.match(/<summary>1 claim without a verdict yet<\/summary>/g)).toHaveLength(2);
  expect(markup).toContain("A stream is faster than single calls");
});
