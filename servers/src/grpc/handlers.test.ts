import { credentials, Server, type ServiceError, type StatusObject, status } from "@grpc/grpc-js";
import { afterEach, expect, test, vi } from "vitest";
import { ImagesClient, InferenceClient, imagesService, inferenceService } from "../contracts.js";
import type { Listening } from "../listening.js";
import { PlantedDelay } from "../planted-delay.js";
import { answerOf, failureOf } from "../testing/answer-of.js";
import { InvalidRequest } from "../work/invalid-request.js";
import { chunks } from "./chunks.js";
import { asyncStream, asyncUnary } from "./handlers.js";
import { listenGrpc } from "./listen.js";

let listening: Listening;
let client: ImagesClient | InferenceClient;
afterEach(async () => {
  vi.restoreAllMocks();
  client.close();
  await listening.close();
});

/** What both calls end with when their work rejects with `error`. */
async function endsWith(error: Error): Promise<ServiceError[]> {
  const server = new Server();
  const work = () => Promise.reject(error);
  server.addService(imagesService, {
    Measure: asyncUnary(new PlantedDelay(), work),
    MeasureChunks: chunks(new PlantedDelay(), { bytesOf: () => Buffer.alloc(0), work, maxBytes: 1 }),
  });
  listening = await listenGrpc(server, { host: "127.0.0.1", port: 0 });
  const images = new ImagesClient(`127.0.0.1:${listening.port}`, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
  client = images;
  const calls = [
    answerOf((callback) => images.Measure({}, callback)),
    answerOf((callback) => images.MeasureChunks(callback).end()),
  ];
  return Promise.all(calls.map(failureOf));
}

test("a rejection for an invalid request is INVALID_ARGUMENT with its sentence", async () => {
  for (const { code, details } of await endsWith(new InvalidRequest("No."))) {
    expect({ code, details }).toEqual({ code: status.INVALID_ARGUMENT, details: "No." });
  }
});

test("any other rejection is INTERNAL, and only standard error learns of it", async () => {
  const logged = vi.spyOn(console, "error").mockReturnValue();
  for (const { code, details } of await endsWith(new Error("secret"))) {
    expect(code).toBe(status.INTERNAL);
    expect(details).toMatch(/^The server failed/);
  }
  expect(logged).toHaveBeenCalledTimes(2);
});

/** One call of a stream whose work the test ends when it likes; an answer's label is its request's only byte. */
async function heldStream() {
  const begun: { finish(): void; fail(error: Error): void }[] = [];
  let tellBegun = () => {};
  const server = new Server();
  server.addService(inferenceService, {
    Predict: () => {},
    PredictStream: asyncStream(
      new PlantedDelay(),
      ({ image }: { image: Buffer }) =>
        new Promise((resolve, reject) => {
          const answer = { label: String(image[0]), confidence: 1, inference_ms: 0 };
          begun.push({ finish: () => resolve(answer), fail: reject });
          tellBegun();
        }),
    ),
  });
  listening = await listenGrpc(server, { host: "127.0.0.1", port: 0 });
  const inference = new InferenceClient(`127.0.0.1:${listening.port}`, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
  client = inference;
  const call = inference.PredictStream();
  const labels: number[] = [];
  call.on("data", ({ label }) => labels.push(Number(label)));
  call.on("error", () => {});
  const ended = new Promise<StatusObject>((resolve) => call.on("status", resolve));
  const hasBegun = (count: number) =>
    new Promise<void>((resolve) => {
      tellBegun = () => begun.length >= count && resolve();
      tellBegun();
    });
  const write = (count: number) => {
    for (let index = 0; index < count; index++) call.write({ image: Buffer.of(index) });
  };
  return { call, begun, labels, ended, hasBegun, write };
}

test("answers on a stream keep the order of their requests, whichever work is done first", async () => {
  const { call, begun, labels, ended, hasBegun, write } = await heldStream();
  write(5);
  call.end();
  await hasBegun(5);
  for (const work of begun.toReversed()) work.finish();
  expect((await ended).code).toBe(status.OK);
  expect(labels).toEqual([0, 1, 2, 3, 4]);
});

test("no more of a stream's work is begun than may wait, and the rest follows", async () => {
  const { call, begun, labels, ended, hasBegun, write } = await heldStream();
  write(40);
  call.end();
  for (let index = 0; index < 40; index++) {
    await hasBegun(Math.min(40, index + 1));
    expect(begun.length - index).toBeLessThanOrEqual(16);
    begun[index]?.finish();
  }
  expect((await ended).code).toBe(status.OK);
  expect(labels).toEqual(Array.from({ length: 40 }, (_, index) => index));
});

test("a stream's invalid message, refused at once, ends it only when all before it are answered", async () => {
  const { begun, labels, ended, hasBegun, write } = await heldStream();
  write(4);
  await hasBegun(4);
  begun[2]?.fail(new InvalidRequest("No."));
  begun[3]?.fail(new InvalidRequest("Never told."));
  begun[1]?.finish();
  begun[0]?.finish();
  expect(await ended).toMatchObject({ code: status.INVALID_ARGUMENT, details: "No." });
  expect(labels).toEqual([0, 1]);
});
