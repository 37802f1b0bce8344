import { type ClientWritableStream, credentials, type Server, status } from "@grpc/grpc-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ImageAnswer, type ImageRequest, ImagesClient } from "../contracts.js";
import { createGrpcServer } from "../grpc.js";
import type { Listening } from "../listening.js";
import { PlantedDelay } from "../planted-delay.js";
import { grpcWork as imageWork } from "../serving/image-grpc.js";
import { answerOf, failureOf } from "../testing/answer-of.js";
import { png } from "../testing/png.js";
import { listenGrpc } from "./listen.js";

/** Every work waits once before it begins. */
class CountedWorks extends PlantedDelay {
  begun = 0;
  override wait(): void {
    this.begun++;
  }
}

let works: CountedWorks;
let server: Server;
let listening: Listening;
let client: ImagesClient;
beforeEach(async () => {
  works = new CountedWorks();
  server = createGrpcServer([imageWork], { maxMessageBytes: 2000, plantedDelay: works });
  listening = await listenGrpc(server, { host: "127.0.0.1", port: 0 });
  client = new ImagesClient(`127.0.0.1:${listening.port}`, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  client.close();
  await listening.close();
});

function measure(write: (call: ClientWritableStream<ImageRequest>) => void): Promise<ImageAnswer> {
  return answerOf((callback) => write(client.MeasureChunks(callback)));
}

test("puts chunks of any length together in their order", async () => {
  const image = png(30, 20, 500);
  const answer = await measure((call) => {
    for (let from = 0; from < image.length; from += 7) call.write({ image: image.subarray(from, from + 7) });
    call.write({});
    call.end();
  });
  expect(answer).toEqual({ width: 30, height: 20, bytes: 500 });
});

test("no chunk at all is an empty image", async () => {
  const { code, details } = await failureOf(measure((call) => call.end()));
  expect(code).toBe(status.INVALID_ARGUMENT);
  expect(details).toMatch(/empty/);
});

test("chunks beyond the limit end a stream that its client hasn't ended, without any work", async () => {
  const image = Buffer.alloc(1001);
  const { code, details } = await failureOf(
    measure((call) => {
      for (let count = 0; count < 50; count++) call.write({ image });
    }),
  );
  expect(code).toBe(status.RESOURCE_EXHAUSTED);
  expect(details).toMatch(/limit of 2000 bytes/);
  expect(works.begun).toBe(0);
});

test("one chunk beyond the limit is refused as any message is", async () => {
  const { code } = await failureOf(measure((call) => call.write({ image: Buffer.alloc(2001) })));
  expect(code).toBe(status.RESOURCE_EXHAUSTED);
});

test("a client that cancels leaves no call under way and nothing on standard error", async () => {
  const logged = vi.spyOn(console, "error").mockReturnValue();
  let call: ClientWritableStream<ImageRequest> | undefined;
  const ended = failureOf(
    measure((opened) => {
      call = opened;
      opened.write({ image: png(3, 2) });
    }),
  );
  // An answer on the same connection says that the server has the chunk.
  await answerOf((callback) => client.Measure({ image: png(3, 2) }, callback));
  call?.cancel();
  expect((await ended).code).toBe(status.CANCELLED);
  expect(await answerOf((callback) => client.Measure({ image: png(3, 2) }, callback))).toHaveProperty(
    "width",
  );
  client.close();
  await new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  expect(logged).not.toHaveBeenCalled();
});
