import { credentials, status } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FactorialAnswer, MathClient } from "./contracts.js";
import { type RunningBoth, startServers } from "./serve.js";
import { answerOf, failureOf } from "./testing/answer-of.js";
import { expectError } from "./testing/expect-error.js";

let servers: RunningBoth;
let client: MathClient;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, works: ["factorial"] });
  client = new MathClient(servers.grpcAddress, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
});
afterAll(async () => {
  client.close();
  await servers.close();
});

const grpcFactorial = (number: number) =>
  answerOf<FactorialAnswer>((callback) => client.CalculateFactorial({ number }, callback));

function post(body: string, path = "/factorial/"): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${servers.restUrl}${path}`, { method: "POST", headers, body, redirect: "error" });
}

/** The result, if the answer holds it as a number and a time beside it. */
function resultOf(answer: unknown): number {
  expect(answer).toEqual({ result: expect.any(Number), time_taken: expect.any(Number) });
  const { result, time_taken } = answer as { result: number; time_taken: number };
  expect(time_taken).toBeGreaterThanOrEqual(0);
  return result;
}

test.each([
  [0, 1],
  [5, 120],
  [10_000, 6_388_460],
  [100_000, 20_163_673],
])("both protocols say that %d! is %d, with and without the slash", async (number, result) => {
  for (const path of ["/factorial/", "/factorial"]) {
    const response = await post(JSON.stringify({ number }), path);
    expect(response.status).toBe(200);
    expect(resultOf(await response.json())).toBe(result);
  }
  expect(resultOf(await grpcFactorial(number))).toBe(result);
});

test("time_taken is in seconds: a call takes that long at least", async () => {
  const began = performance.now();
  const { time_taken } = await grpcFactorial(100_000);
  expect(time_taken * 1000).toBeLessThan(performance.now() - began);
  // 100000! takes tens of milliseconds on any machine, and milliseconds would be above one.
  expect(time_taken * 1000).toBeGreaterThan(1);
});

test.each([
  ["nothing in it", "{}", /^number must be a whole number, and it is missing\.$/],
  ["text", '{"number":"5"}', /it is text/],
  ["a fraction", '{"number":1.5}', /it is 1.5/],
  ["less than none", '{"number":-1}', /between 0 and 200000, and it is -1/],
  ["more than it does", '{"number":200001}', /between 0 and 200000/],
  ["cut-off JSON", '{"number":', /^The body is not valid JSON/],
])("REST answers 400 to %s", async (_name, body, sentence) => {
  await expectError(await post(body), 400, sentence);
});

test.each([-1, 200_001, 2_147_483_647])(
  "gRPC answers INVALID_ARGUMENT to %d, and goes on",
  async (number) => {
    const error = await failureOf(grpcFactorial(number));
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(error.details).toBe(`number must lie between 0 and 200000, and it is ${number}.`);
    expect(resultOf(await grpcFactorial(3))).toBe(6);
  },
);
