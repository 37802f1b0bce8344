import { expect, test } from "vitest";
import type { Protocol } from "../hosts/host.js";
import type { Run } from "../record/run.js";
import type { RunInfo } from "../record/run-info.js";
import { sampleInfo } from "../record/testing/samples.js";
import { sampleCalls } from "../show/testing/samples.js";
import { verdicts } from "./verdicts.js";

const arms = [
  { name: "rest", medianMs: 5 },
  { name: "rest-new-connection", medianMs: 6 },
  { name: "grpc", medianMs: 4 },
  { name: "grpc-own-connection", medianMs: 3 },
];

interface MadeUp {
  readonly callers?: number;
  readonly changes?: Partial<RunInfo>;
  /** Changes of one arm, by its name. */
  readonly arm?: Readonly<Record<string, object>>;
}

/** A run of made-up calls of the work of post 002, each arm with as many callers. */
function madeUpRun({ callers = 1, changes = {}, arm = {} }: MadeUp = {}): Run {
  const pairs = 2;
  const info = sampleInfo({
    work: "classify",
    status: "finished",
    pairs,
    arms: arms.map(({ name }, server) => ({
      name,
      arm: name,
      protocol: name.startsWith("grpc") ? "grpc" : "rest",
      client: "made up",
      server,
      plantedDelayUs: 0,
      callers,
      notMeasured: {},
      ...arm[name],
    })),
    usage: arms.flatMap(({ name, medianMs }) =>
      Array.from({ length: pairs * 12 }, (_, round) => ({
        arm: name,
        pair: Math.floor(round / 12),
        block: round % 12,
        calls: 40,
        cpuMs: medianMs * 20,
        clientCpuMs: null,
        residentBytes: 1e8,
        peakBytes: medianMs * 1e8,
      })),
    ),
    ...changes,
  });
  const calls = sampleCalls({ arms, pairs });
  return { info, folder: null, warnings: [], calls: async () => calls };
}

async function of(claim: string, ...runs: Run[]) {
  const { verdicts: all } = await verdicts("002", runs);
  return all.filter((verdict) => verdict.claim === claim && verdict.first === "rest");
}

const chain = madeUpRun();
const crowd = madeUpRun({ callers: 16 });

test("any load is judged by every run, and each verdict says how many called", async () => {
  const found = await of("002-throughput", chain, crowd);
  expect(found.map(({ ratio }) => ratio)).toEqual([expect.any(Number), expect.any(Number)]);
  expect(found[0]?.conditions).toContain("one caller calls at a time");
  expect(found[1]?.conditions).toContain("16 callers call at once");
});

test("many callers are judged by runs that have them, and by no other", async () => {
  const [verdict, ...others] = await of("002-throughput-concurrent", chain, crowd);
  expect(others).toEqual([]);
  expect(verdict).toMatchObject({ second: "grpc", conditions: expect.stringContaining("16 callers") });
  expect((await of("002-throughput-concurrent", chain))[0]).toMatchObject({
    direction: "not testable here",
    missing: "a run of classify on one machine with 8 callers or more",
  });
});

test("connections are judged where every caller has its own on both protocols", async () => {
  const [verdict] = await of("002-connections", chain, crowd);
  expect(verdict).toMatchObject({ second: "grpc-own-connection", ratio: expect.any(Number) });
  expect((await of("002-connections", chain))[0]?.missing).toMatch(/each on a connection of its own$/);
});

test("arms with different numbers of callers are not compared", async () => {
  const uneven = madeUpRun({ callers: 16, arm: { grpc: { callers: 8 } } });
  const missing = "a run in which rest and grpc have as many callers";
  expect((await of("002-throughput-concurrent", uneven))[0]).toMatchObject({ ratio: null, missing });
});

test("processor time and memory are judged from usage", async () => {
  expect((await of("002-cpu", crowd))[0]).toMatchObject({ ratio: expect.closeTo(1.25, 9) });
  const [memory] = await of("002-memory", crowd);
  expect(memory).toMatchObject({ ratio: expect.closeTo(1.25, 9) });
  expect(memory?.conditions).toContain("every server has both protocols loaded");
});

test("that calls were encrypted is a condition", async () => {
  const [plain, encrypted] = [crowd, madeUpRun({ callers: 16, changes: { tls: true } })];
  const found = await of("002-throughput-concurrent", plain, encrypted);
  expect(found.map(({ conditions }) => conditions.includes("calls are encrypted"))).toEqual([false, true]);
});

test("that calls were made after pauses is a condition", async () => {
  const [verdict] = await of("002-throughput", madeUpRun({ changes: { pauseMs: 10.4 } }));
  expect(verdict?.conditions).toContain(
    "one caller calls at a time; a pause of 10.4 ms goes before each call",
  );
});

test("memory is judged with what the servers of the compared arms had loaded", async () => {
  const served = (protocols: readonly (readonly Protocol[])[]) =>
    madeUpRun({
      callers: 16,
      changes: {
        servers: protocols.map((of, server) => ({
          server,
          program: "node" as const,
          protocols: of,
          workers: 1,
          tls: false,
        })),
      },
    });
  const clause = async (...protocols: readonly (readonly Protocol[])[]) =>
    (await of("002-memory", served(protocols)))[0]?.conditions;
  expect(await clause(["rest"], ["rest"], ["grpc"], ["grpc"])).toContain(
    "every server has one protocol loaded",
  );
  expect(await clause(["rest"], ["rest"], ["rest", "grpc"], ["grpc"])).toContain(
    "some servers have one protocol loaded and some have both",
  );
});

test("what is not known of a server is said with its reason", async () => {
  const unseen = madeUpRun({ changes: { usage: [], usageMissing: "this system has no /proc" } });
  expect((await of("002-cpu", unseen))[0]).toMatchObject({
    direction: "not testable here",
    missing: "a run that knows the processor time of the server of rest (here this system has no /proc)",
  });
  const shared = madeUpRun({ arm: { grpc: { server: 0 } } });
  expect(await of("002-memory", shared, chain)).toHaveLength(1);
  expect((await of("002-memory", shared))[0]?.missing).toMatch(
    /of rest \(here its server serves other arms too\)$/,
  );
});
