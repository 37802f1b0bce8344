import { expect, it } from "vitest";
import { html } from "../show/html.js";
import { answer, ledgerTable, openClaims } from "./ledger.js";
import { claim, verdict } from "./testing/fixed.js";

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

it("shows published and measured ratio, interval, verdict, scope and place of every verdict", () => {
  const rows = [{ verdict, href: "01.html#cell-a" }];
  const { markup } = html`${ledgerTable(rows)}${openClaims(rows, [claim])}`;
  for (const part of [
    "24.0×",
    "0.643×",
    "0.620–0.660×",
    "the opposite holds",
    "20\u202f000 calls",
    "fresh processes",
    'href="01.html#cell-a"',
  ]) {
    expect(markup).toContain(part);
  }
  expect(markup).toContain("A stream is faster than single calls");
});
