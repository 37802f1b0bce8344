import { credentials } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PayloadClient, payloadService } from "./contracts.js";
import { type RunningBoth, startServers } from "./serve.js";
import { answerOf } from "./testing/answer-of.js";
import { expectError } from "./testing/expect-error.js";
import { grpcOutcome } from "./testing/outcome.js";

const maxMessageBytes = 2000;
const protobuf = { "content-type": "application/x-protobuf" };
let servers: RunningBoth;
let client: PayloadClient;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes });
  client = new PayloadClient(servers.grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
});
afterAll(async () => {
  client.close();
  await servers.close();
});

function post(
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = { "content-type": "application/json" },
) {
  return fetch(`${servers.restUrl}/payload`, { method: "POST", headers, body });
}

const messageOf = (data: Buffer) => new Uint8Array(payloadService.Send.requestSerialize({ data }));
const postMessage = (data: Buffer) => post(messageOf(data), protobuf);
const grpcSend = (data: Buffer) =>
  grpcOutcome(answerOf<{ size: number }>((callback) => client.Send({ data }, callback)));

test.each(["", "a", 'ab\n"\\', "안녕 😀", "x".repeat(1000)])(
  "all forms count the bytes of %j",
  async (data) => {
    const bytes = Buffer.from(data);
    const size = bytes.length;
    expect(await (await post(JSON.stringify({ data }))).json()).toEqual({ size });
    expect(await grpcSend(bytes)).toEqual({ answer: { size } });
    const response = await postMessage(bytes);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/x-protobuf");
    const answer = Buffer.from(await response.arrayBuffer());
    expect(payloadService.Send.responseDeserialize(answer)).toEqual({ size });
    // The very bytes of gRPC's message, without its frame.
    expect(answer).toEqual(payloadService.Send.responseSerialize({ size }));
  },
);

test.each([
  ["nothing in it", "{}", /^data must be text, and it is missing\.$/],
  ["a number", '{"data":12}', /it is 12/],
  ["a list of bytes", '{"data":[1,2]}', /it is a list/],
  ["cut-off JSON", '{"data":"', /^The body is not valid JSON/],
  ["a list", '["a"]', /must be a JSON object/],
])("REST answers 400 to %s", async (_name, body, sentence) => {
  await expectError(await post(body), 400, sentence);
});

test("REST answers 400 to what is no message, and to what is declared as neither", async () => {
  const cutOff = messageOf(Buffer.from("abc")).subarray(0, 3);
  await expectError(await post(cutOff, protobuf), 400, /^The body is no protobuf message of this call/);
  await expectError(await post("abc", { "content-type": "text/plain" }), 400, /Content-Type/);
  expect((await postMessage(Buffer.from("abc"))).status).toBe(200);
});

test("REST answers 415 to an encoding that it can't read, in either form", async () => {
  for (const headers of [protobuf, { "content-type": "application/json" }]) {
    await expectError(await post("{}", { ...headers, "content-encoding": "rot13" }), 415, /encoding/);
  }
});

test("every form takes exactly the limit and refuses one byte more", async () => {
  const json = '{"data":""}'.padEnd(maxMessageBytes);
  expect((await post(json)).status).toBe(200);
  await expectError(await post(`${json} `), 413, /limit of 2000 bytes/);
  // Beside the data a message holds the field's number and the data's length.
  const most = Buffer.alloc(maxMessageBytes - 3, "a");
  const more = Buffer.alloc(maxMessageBytes - 2, "a");
  expect((await postMessage(most)).status).toBe(200);
  await expectError(await postMessage(more), 413, /limit of 2000 bytes/);
  expect(await grpcSend(most)).toEqual({ answer: { size: most.length } });
  expect(await grpcSend(more)).toMatchObject({ refused: "too large" });
  expect(await grpcSend(most)).toHaveProperty("answer");
});
