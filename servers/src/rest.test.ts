import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningBoth, startServers } from "./serve.js";
import { connectionEnd } from "./testing/connection-end.js";
import { expectError } from "./testing/expect-error.js";

const maxMessageBytes = 2000;
let servers: RunningBoth;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes });
});
afterAll(() => servers.close());

function post(body: BodyInit, headers: Record<string, string> = { "content-type": "application/json" }) {
  const init = { method: "POST", body, headers, duplex: "half" };
  return fetch(`${servers.restUrl}/increment`, init);
}

test("adds one, and says nothing about itself", async () => {
  const response = await post('{"value":41}');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('{"value":42}');
  expect(response.headers.get("content-type")).toMatch(/^application\/json/);
  expect(response.headers.get("x-powered-by")).toBeNull();
  expect(response.headers.get("etag")).toBeNull();
  expect(response.headers.get("keep-alive")).toBe("timeout=600");
});

test("is healthy", async () => {
  const response = await fetch(`${servers.restUrl}/healthz`);
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('{"status":"ok"}');
});

test.each([
  ["cut-off JSON", '{"value":', /^The body is not valid JSON/],
  ["NaN", '{"value":NaN}', /^The body is not valid JSON/],
  ["a bare number", "41", /^The body is not valid JSON/],
  ["a list", "[41]", /must be a JSON object/],
  ["nothing in it", "{}", /value .* is missing/],
  ["an empty body", "", /missing|no JSON body/],
  ["null", '{"value":null}', /it is null/],
  ["text", '{"value":"41"}', /it is text/],
  ["a fraction", '{"value":1.5}', /it is 1.5/],
  ["a number beyond every double", '{"value":1e999}', /it is Infinity/],
  ["more than int32", '{"value":2147483648}', /between/],
  ["less than int32", '{"value":-2147483649}', /between/],
  ["an answer beyond int32", '{"value":2147483647}', /does not fit/],
  ["a value of the prototype only", '{"__proto__":{"value":1}}', /is missing/],
])("answers 400 to %s", async (_name, body, sentence) => {
  await expectError(await post(body), 400, sentence);
});

test("answers 400 when the body isn't declared as JSON", async () => {
  await expectError(await post('{"value":41}', { "content-type": "text/plain" }), 400, /Content-Type/);
});

test("answers 415 to a charset and an encoding that it can't read", async () => {
  await expectError(
    await post('{"value":1}', { "content-type": "application/json; charset=latin9" }),
    415,
    /charset/,
  );
  await expectError(
    await post('{"value":1}', { "content-type": "application/json", "content-encoding": "rot13" }),
    415,
    /encoding/,
  );
});

const spaces = " ".repeat(maxMessageBytes);
test.each([
  ["declared", () => post(`{"value":1}${spaces}`)],
  ["chunked", () => post(new Blob([`{"value":1}${spaces}`]).stream())],
  [
    "small until unpacked",
    () =>
      post(gzipSync(`{"value":1}${spaces}`), {
        "content-type": "application/json",
        "content-encoding": "gzip",
      }),
  ],
])("answers 413 to a body that is too large, %s", async (_name, send) => {
  await expectError(await send(), 413, /limit of 2000 bytes/);
});

test("takes a body of exactly the limit", async () => {
  expect((await post('{"value":1}'.padEnd(maxMessageBytes))).status).toBe(200);
});

test("answers 404 as JSON to an unknown path and an unknown method", async () => {
  await expectError(await fetch(`${servers.restUrl}/nothing`), 404, /no GET \/nothing/);
  await expectError(await fetch(`${servers.restUrl}/increment`), 404, /no GET \/increment/);
});

test("answers 400 to a path that can't be decoded, without a stack trace", async () => {
  const response = await fetch(`${servers.restUrl}/%E0%A4%A`);
  expect(response.status).toBeLessThan(500);
  expect(await response.text()).not.toContain("    at ");
});

test("serves the next caller after one that hangs up in mid-body", async () => {
  const socket = connect(Number(new URL(servers.restUrl).port), "127.0.0.1");
  socket.write("POST /increment HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n");
  socket.write('Content-Length: 100\r\n\r\n{"val');
  socket.end();
  await connectionEnd(socket);
  expect((await post('{"value":1}')).status).toBe(200);
});
