import { credentials, Server, type ServiceError, status } from "@grpc/grpc-js";
import { afterEach, expect, test, vi } from "vitest";
import { ImagesClient, imagesService } from "../contracts.js";
import { type Listening, listenGrpc } from "../listen.js";
import { PlantedDelay } from "../planted-delay.js";
import { answerOf, failureOf } from "../testing/answer-of.js";
import { InvalidRequest } from "../work/invalid-request.js";
import { chunks } from "./chunks.js";
import { asyncUnary } from "./handlers.js";

let listening: Listening;
let client: ImagesClient;
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
  client = new ImagesClient(`127.0.0.1:${listening.port}`, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
  const calls = [
    answerOf((callback) => client.Measure({}, callback)),
    answerOf((callback) => client.MeasureChunks(callback).end()),
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
