import { type RunningBoth, startServers } from "@wirelab/servers";
import { makeCertificate } from "@wirelab/servers/dist/tls/make-certificate.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Endpoints } from "../hosts/host.js";
import { type Answer, type CallingArm, newAnswer } from "./arm.js";
import { findOwnArm, findWorkload } from "./registry.js";
import { ownArmsFor } from "./testing/own-arms.js";

const workload = findWorkload("increment");
const callingArms = ownArmsFor(workload);
let servers: RunningBoth;
beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, works: ["increment"], tls: {} });
});
afterAll(() => servers.close());

/** Two calls of each of two callers, one after another, and how many connections they took. */
async function callTwice(arm: string, endpoints: Endpoints) {
  let connections = 0;
  const nextConnectionId = () => connections++;
  const options = { workload, endpoints, callers: 2, timeoutMs: 5000, nextConnectionId };
  const open = findOwnArm(arm).open(options) as CallingArm<unknown, unknown>;
  const answers: Answer<unknown>[] = [];
  for (const caller of [...open.callers, ...open.callers]) {
    const answer = newAnswer<unknown>();
    await caller.call(workload.first, answer);
    answers.push(answer);
  }
  await open.close();
  return { connections, answers };
}

test.each(callingArms)("%s calls encrypted servers, and counts its connections", async (arm) => {
  const { answers, connections } = await callTwice(arm, servers);
  expect(answers.map(({ ok, error }) => ({ ok, error }))).toEqual(Array(4).fill({ ok: true, error: "" }));
  const expected: Record<string, number> = {
    "rest-new-connection": 4,
    "rest-new-connection-watched": 4,
    grpc: 1,
    "grpc-watched": 1,
    "grpc-interceptor": 1,
    "grpc-stream": 1,
  };
  expect(connections).toBe(expected[arm] ?? 2);
});

test.each(callingArms)("%s fails at once where the certificate is of another authority", async (arm) => {
  const { ca } = await makeCertificate({ names: ["127.0.0.1"] });
  const { answers } = await callTwice(arm, { ...servers, tls: { ca } });
  const error = arm.startsWith("grpc") ? "UNAVAILABLE" : "UNABLE_TO_VERIFY_LEAF_SIGNATURE";
  expect(answers.map(({ ok, error }) => ({ ok, error }))).toEqual(Array(4).fill({ ok: false, error }));
});

test.each(callingArms)("%s fails at once where one side speaks TLS and the other does not", async (arm) => {
  const plain = { restUrl: servers.restUrl.replace("https", "http"), grpcAddress: servers.grpcAddress };
  const { answers } = await callTwice(arm, plain);
  for (const { ok, error } of answers)
    expect({ ok, error }).toEqual({
      ok: false,
      error: expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET|UNAVAILABLE)$/),
    });
});
