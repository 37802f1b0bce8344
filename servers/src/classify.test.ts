import { readFile } from "node:fs/promises";
import { type StatusObject, status } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningBoth, startServers } from "./serve.js";
import { formOf, jsonOf } from "./testing/image-forms.js";
import { png } from "./testing/png.js";
import { predictForms } from "./testing/predict-forms.js";

const formNames = ["raw", "form", "json", "unary", "stream"] as const;
const digits = await Promise.all(
  Array.from({ length: 10 }, (_, digit) =>
    readFile(new URL(`../../data/images/digits/${digit}.png`, import.meta.url)),
  ),
);
const one = digits[1] as Buffer;
// Room for the smallest digit as base64.
const maxMessageBytes = 25_000;
let servers: RunningBoth;
let send: ReturnType<typeof predictForms>;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes, works: ["classify"] });
  send = predictForms(servers);
});
afterAll(async () => {
  send.close();
  await servers.close();
});

const works = async () => expect(await send.raw(one)).toMatchObject({ answer: { label: "1" } });

test("every form of both protocols tells every digit alike, and its own time", async () => {
  const roomy = await startServers({ restPort: 0, grpcPort: 0, works: ["classify"] });
  const forms = predictForms(roomy);
  for (const [digit, image] of digits.entries()) {
    const outcomes = await Promise.all(formNames.map((name) => forms[name](image)));
    const answers = outcomes.map((outcome) => {
      if (!("answer" in outcome)) throw new Error(outcome.sentence);
      const { inference_ms, ...answer } = outcome.answer;
      expect(inference_ms).toBeGreaterThan(0);
      return answer;
    });
    expect(answers[0]).toEqual({ label: String(digit), confidence: expect.any(Number) });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  }
  forms.close();
  await roomy.close();
});

test.each([
  ["no bytes", Buffer.alloc(0), "The image is empty: it has 0 bytes."],
  ["text", Buffer.from("no image"), "The bytes are not an image of a kind that is known here."],
  [
    "a cut-off image",
    one.subarray(0, one.length / 2),
    "The image can't be decoded: it is cut off or damaged.",
  ],
  [
    "100 megapixels",
    png(10_000, 10_000),
    "The image is 10000 by 10000 pixels, more than the limit of 40 megapixels.",
  ],
])("every form refuses %s with the same sentence", async (_name, image, sentence) => {
  for (const name of formNames) {
    expect(await send[name](image), name).toEqual({ refused: "invalid", sentence });
  }
  await works();
});

/** The digit with zeros behind it, which no decoder looks at. */
const padded = (bytes: number) => Buffer.concat([one, Buffer.alloc(bytes - one.length)]);

// A gRPC message of the limit holds the field's number and the image's length beside the image.
test.each([
  ["raw", maxMessageBytes],
  ["form", maxMessageBytes],
  ["unary", maxMessageBytes - 4],
  ["stream", maxMessageBytes - 4],
] as const)("%s takes exactly the limit and refuses one byte more", async (name, bytes) => {
  expect(await send[name](padded(bytes))).toMatchObject({ answer: { label: "1" } });
  expect(await send[name](padded(bytes + 1))).toMatchObject({ refused: "too large" });
  await works();
});

test("the limit of JSON is that of its body", async () => {
  const headers = { "content-type": "application/json" };
  const body = jsonOf(one).padEnd(maxMessageBytes);
  expect(await send.post(body, headers)).toMatchObject({ answer: { label: "1" } });
  expect(await send.post(`${body} `, headers)).toMatchObject({ refused: "too large" });
});

test.each(["text/plain", "application/octet-stream"])("refuses a picture sent as %s", async (type) => {
  const outcome = await send.post(new Uint8Array(one), { "content-type": type });
  expect(outcome).toMatchObject({
    refused: "invalid",
    sentence: expect.stringMatching(/Content-Type: image/),
  });
  expect(await send.post(formOf("photo", one))).toMatchObject({ refused: "invalid" });
});

test("the stream answers in the order of its requests, more than it works on at once", async () => {
  const roomy = await startServers({ restPort: 0, grpcPort: 0, works: ["classify"] });
  const { client, close } = predictForms(roomy);
  const call = client.PredictStream();
  const sent = Array.from({ length: 50 }, (_, index) => (index * 7) % 10);
  for (const digit of sent) call.write({ image: digits[digit] as Buffer });
  call.end();
  const labels: string[] = [];
  for await (const { label } of call) labels.push(label);
  expect(labels).toEqual(sent.map(String));
  close();
  await roomy.close();
});

test("an invalid message ends the stream with INVALID_ARGUMENT; what came before it is answered", async () => {
  const call = send.client.PredictStream();
  const labels: string[] = [];
  call.on("data", ({ label }) => labels.push(label));
  call.on("error", () => {});
  for (const image of [one, one, Buffer.from("no image"), one]) call.write({ image });
  const ended = new Promise<StatusObject>((resolve) => call.on("status", resolve));
  const { code, details } = await ended;
  expect(code).toBe(status.INVALID_ARGUMENT);
  expect(details).toMatch(/not an image/);
  expect(labels).toEqual(["1", "1"]);
  await works();
});
