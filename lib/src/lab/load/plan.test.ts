import { expect, test } from "vitest";
import { closedLoad } from "../../schedule/load-choice.js";
import { planLoad } from "./plan.js";

const load = closedLoad({ users: 3, runTimeMs: 1000 });
const remote = { restUrl: "http://127.0.0.1:1", grpcAddress: "127.0.0.1:2" };

test("each arm has a fresh server of its own, warmed up as any run", () => {
  const { warmupBlocks, primeCalls, ...plan } = planLoad({
    work: "add",
    arms: ["rest", "grpc"],
    load,
    serverWorkers: 2,
  });
  expect([warmupBlocks, primeCalls]).toEqual([undefined, undefined]);
  expect(plan).toMatchObject({ name: "load-add", host: "child", pairs: 1, blocks: 1 });
  expect(plan.arms).toEqual([
    { name: "rest", arm: "rest", server: 0, workers: 2 },
    { name: "grpc", arm: "grpc", server: 1, workers: 2 },
  ]);
});

test("servers that run already get the load and nothing else, unless asked", () => {
  const options = { work: "add", arms: ["rest", "grpc"], load, remote, rounds: 3 };
  expect(planLoad(options)).toMatchObject({ host: "remote", blocks: 3, warmupBlocks: 0, primeCalls: 0 });
  const warmed = planLoad({ ...options, warmUpCalls: 50 });
  expect([warmed.warmupBlocks, warmed.primeCalls]).toEqual([undefined, 50]);
  expect(() => planLoad({ ...options, serverWorkers: 2 })).toThrow(/have the workers they have/);
});
