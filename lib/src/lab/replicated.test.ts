import { expect, test } from "vitest";
import type { Run } from "../record/run.js";
import type { ArmInfo, RunInfo } from "../record/run-info.js";
import { sampleInfo } from "../record/testing/samples.js";
import { sampleCalls } from "../show/testing/samples.js";
import { postStack } from "../verdicts/published/post-stack.js";
import { sayStack, stackKind } from "../verdicts/stack.js";
import { publishedBesideMeasured } from "./figures.js";
import { published, publishedTimes } from "./published.js";
import { readings } from "./readings.js";
import { verdicts } from "./verdicts.js";

const python = {
  version: "3.11.2",
  packages: { fastapi: "0.1.2", uvicorn: "0.1.3", requests: "2.32.5", grpcio: "1.76.0" },
};

/** A run of made-up calls; those on the post's stack have gRPC the faster, ours have REST the faster. */
function madeUp(stack: "replicated" | "ported"): Run {
  const times = [
    { name: "rest-new-connection", medianMs: stack === "ported" ? 3 : 8 },
    ...(stack === "ported" ? [{ name: "rest", medianMs: 2 }] : []),
    { name: "grpc", medianMs: 4 },
  ];
  const foreign = new Map(postStack("003").map((arm) => [arm.name, arm]));
  const arms = times.map(({ name }): ArmInfo => {
    const own = stack === "ported" ? null : foreign.get(name);
    const grpc = name === "grpc";
    return {
      name,
      arm: own?.arm ?? name,
      protocol: grpc ? "grpc" : "rest",
      client: "made up",
      server: stack === "replicated" && grpc ? 1 : 0,
      plantedDelayUs: 0,
      callers: 1,
      notMeasured: {},
    };
  });
  const servers: RunInfo["servers"] =
    stack === "ported"
      ? [{ server: 0, program: "node", protocols: ["rest", "grpc"], workers: 1, tls: false }]
      : [
          { server: 0, program: "fastapi", protocols: ["rest"], workers: 1, tls: false },
          { server: 1, program: "grpcio", protocols: ["grpc"], workers: 1, tls: false },
        ];
  const base = sampleInfo({ work: "increment", status: "finished", pairs: 2, arms, servers });
  const info = { ...base, environment: { ...base.environment, python: stack === "ported" ? null : python } };
  const calls = sampleCalls({ arms: times, pairs: 2 });
  return { info, folder: null, warnings: [], calls: async () => calls };
}

const runs = [madeUp("ported"), madeUp("replicated")];

test("each verdict says whose stack it is of, with the versions of what the compared arms ran", async () => {
  const table = await verdicts("003", runs);
  const of = table.verdicts.filter(
    ({ claim, first }) => claim === "003-rest-vs-grpc" && first === "rest-new-connection",
  );
  expect(of.map(({ stack, direction }) => [stack.split(":")[0], direction])).toEqual([
    ["ported", "opposite"],
    ["replicated", "holds"],
  ]);
  expect(of[1]?.stack).toBe(
    "replicated: fastapi 0.1.2, uvicorn 0.1.3, requests 2.32.5, grpcio 1.76.0, Python 3.11.2",
  );
  const reading = readings(table).find(({ statement }) => statement === of[0]?.statement);
  expect(reading?.when).toMatch(/holds when .*the post's own stack runs/);
  expect(reading?.sentences.join(" ")).toContain(
    "on the post's own stack, REST with a new connection for every call took",
  );
});

test("a published number stands beside both stacks, each with its own ratio", async () => {
  const rows = await publishedTimes("003", runs);
  const rest = rows.find(({ arm }) => arm === "rest-new-connection");
  expect(rest?.replicated?.value).toBeGreaterThan(2 * (rest?.measured?.value ?? Number.NaN));
  const frame = await published("003", runs);
  expect(frame.columns).toEqual(expect.arrayContaining(["replicatedOverPublished", "portedOverPublished"]));
  expect((await published("003", runs.slice(0, 1))).columns).not.toContain("replicatedMs");
  const figure = await publishedBesideMeasured("003", runs);
  expect(figure.description).toMatch(/79\.8\ss published, .* on the post's own stack here, .* ported/);
});

test("calls of one stack answered by the other decide no claim", async () => {
  const [ported, replicated] = runs as [Run, Run];
  const mixed = { ...ported, info: { ...ported.info, servers: replicated.info.servers } };
  expect(stackKind(mixed.info)).toBe("mixed");
  expect(sayStack(mixed.info)).toMatch(/^mixed: express .*, fastapi of unknown version/);
  const { verdicts: judged } = await verdicts("003", mixed);
  expect(new Set(judged.map(({ direction }) => direction))).toEqual(new Set(["not testable here"]));
});

test("calls of other code than the post's own, though all of it is Python's, are not said to replicate it", async () => {
  const [, replicated] = runs as [Run, Run];
  const arms = replicated.info.arms.map((arm) => (arm.protocol === "rest" ? { ...arm, arm: "httpx" } : arm));
  const other = { ...replicated, info: { ...replicated.info, arms } };
  expect(stackKind(other.info)).toBe("replicated");
  const { verdicts: judged } = await verdicts("003", other);
  expect(judged.filter(({ ratio }) => ratio !== null)).toEqual([]);
  const rows = await publishedTimes("003", [other]);
  const replicatedOf = (name: string) => rows.find(({ arm }) => arm === name)?.replicated?.value;
  expect(replicatedOf("rest-new-connection")).toBeUndefined();
  expect(replicatedOf("grpc")).toBeGreaterThan(0);
});

test("a claim that the post's stack lacks the arms of is not said to lack them on this project's", async () => {
  const { verdicts: judged } = await verdicts("003", runs[1] as Run);
  const framework = judged.filter(({ claim }) => claim === "003-framework");
  expect(framework.map(({ stack, missing }) => [stack.split(":")[0], missing])).toEqual([
    ["replicated", "a run with rest and rest-no-framework"],
  ]);
});
