import { credentials, status } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CalculatorClient } from "./contracts.js";
import { type RunningBoth, startServers } from "./serve.js";
import { answerOf, failureOf } from "./testing/answer-of.js";
import { expectError } from "./testing/expect-error.js";

const maxMessageBytes = 2000;
let servers: RunningBoth;
let client: CalculatorClient;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes });
  client = new CalculatorClient(servers.grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
});
afterAll(async () => {
  client.close();
  await servers.close();
});

const grpcAdd = (terms: { a?: number; b?: number }) => answerOf((callback) => client.Add(terms, callback));

function post(body: string): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${servers.restUrl}/add`, { method: "POST", headers, body });
}

test.each([
  [1, 2],
  [0.1, 0.2],
  [-1e308, 1e308],
  [Number.MAX_SAFE_INTEGER, 0.5],
  [Number.MIN_VALUE, 0],
])("both protocols add %d and %d alike", async (a, b) => {
  const response = await post(JSON.stringify({ a, b }));
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ sum: a + b });
  expect(await grpcAdd({ a, b })).toEqual({ sum: a + b });
});

test("a term that gRPC doesn't send is 0", async () => {
  expect(await grpcAdd({ b: 2 })).toEqual({ sum: 2 });
});

test.each([
  ["a missing term", '{"a":1}', /^b must be a finite number, and it is missing\.$/],
  ["text", '{"a":"1","b":2}', /^a must be .* it is text/],
  ["null", '{"a":1,"b":null}', /^b must be .* it is null/],
  ["a number beyond every double", '{"a":-1e999,"b":2}', /^a must be .* it is -Infinity/],
  ["NaN", '{"a":NaN,"b":2}', /^The body is not valid JSON/],
  ["a list", "[1,2]", /must be a JSON object/],
  ["a sum beyond every double", '{"a":1e308,"b":1e308}', /sum does not fit/],
])("REST answers 400 to %s", async (_name, body, sentence) => {
  await expectError(await post(body), 400, sentence);
});

test.each([
  [Number.NaN, 1, /^a must be a finite number, and it is NaN\.$/],
  [1, Number.POSITIVE_INFINITY, /^b must be .* it is Infinity/],
  [1e308, 1e308, /sum does not fit/],
])("gRPC answers INVALID_ARGUMENT to %d and %d, and goes on", async (a, b, sentence) => {
  const error = await failureOf(grpcAdd({ a, b }));
  expect(error.code).toBe(status.INVALID_ARGUMENT);
  expect(error.details).toMatch(sentence);
  expect(await grpcAdd({ a: 1, b: 2 })).toEqual({ sum: 3 });
});

test("REST takes a body of exactly the limit and refuses one byte more", async () => {
  const body = '{"a":1,"b":2}';
  expect((await post(body.padEnd(maxMessageBytes))).status).toBe(200);
  await expectError(await post(body.padEnd(maxMessageBytes + 1)), 413, /limit of 2000 bytes/);
});
