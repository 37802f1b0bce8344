import { expect, test } from "vitest";
import { makePlan } from "../plan/plan.js";
import { checkCounts } from "./check-counts.js";

const plan = makePlan({
  arms: [
    { name: "rest", arm: "requests-session", program: "flask" },
    { name: "again", arm: "requests", program: "flask" },
    { name: "grpc", arm: "grpcio", program: "grpcio" },
  ],
});
const [flask = -1, grpcio = -1] = plan.servers.map(({ server }) => server);
const rounds = [
  { arm: "rest", pair: 0, calls: 30 },
  { arm: "again", pair: 0, calls: 10 },
  { arm: "rest", pair: 1, calls: 7 },
  { arm: "grpc", pair: 0, calls: 5 },
];

test("counts that equal the record say nothing, whichever arms share a server", () => {
  const counted = [
    { pair: 0, server: flask, calls: 40 },
    { pair: 1, server: flask, calls: 7 },
    { pair: 0, server: grpcio, calls: 5 },
  ];
  expect(checkCounts(plan, rounds, counted)).toEqual([]);
});

test("one that differs is told with both numbers and its arms", () => {
  const counted = [
    { pair: 0, server: flask, calls: 40 },
    { pair: 1, server: flask, calls: 8 },
  ];
  const [warning, ...others] = checkCounts(plan, rounds, counted);
  expect(others).toEqual([]);
  expect(warning?.code).toBe("count-differs");
  expect(warning?.message).toBe(
    "The server of rest and again counted 8 calls, and the record has 7; so it was with 1 of 2 servers.",
  );
});
