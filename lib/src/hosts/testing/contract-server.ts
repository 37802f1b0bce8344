import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  Server,
  ServerCredentials,
  type ServerReadableStream,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { imagesService } from "@wirelab/servers/dist/contracts.js";
import { onTestFinished } from "vitest";
import type { Endpoints } from "../host.js";

/** What it says of an image. */
interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** What the server of a test does, unlike the lab's own. */
export interface ContractServerOptions {
  /** Waits so long before it answers forms, and streams of chunks; raw bodies and single messages are the control. */
  readonly delayMs?: number;
  /** Fails every so many-th call of each protocol. */
  readonly failEvery?: number;
  /** What both protocols say of every image, unless told apart. */
  readonly restSays?: ImageSize;
  readonly grpcSays?: ImageSize;
  /** Protocols that have a server, but not the method. */
  readonly without?: readonly ("rest" | "grpc")[];
}

/** A server of the contract's image work, and what it says of itself. */
export interface ContractServer {
  readonly endpoints: Endpoints;
  /** How long it waited each time, on its own clock, in ms. */
  readonly waitedMs: readonly number[];
}

const size: ImageSize = { width: 1, height: 1, bytes: 43 };

/** Starts the image work on both protocols, by node:http and grpc-js, in this process; it ends with the test. */
export async function startContractServer(options: ContractServerOptions = {}): Promise<ContractServer> {
  const { delayMs = 0, restSays = size, grpcSays = size, without = [] } = options;
  const waitedMs: number[] = [];
  const wait = async () => {
    const from = performance.now();
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    waitedMs.push(performance.now() - from);
  };
  const failsRest = failing(options);
  const failsGrpc = failing(options);

  const rest = createServer(async (request, response) => {
    await readAll(request);
    if (request.url !== "/image" || without.includes("rest")) return send(response, 404, {});
    if (failsRest()) return send(response, 503, { error: "The test asked for this." });
    if (delayMs > 0 && request.headers["content-type"]?.startsWith("multipart")) await wait();
    send(response, 200, restSays);
  });
  await new Promise<void>((resolve) => rest.listen(0, "127.0.0.1", resolve));

  const grpc = new Server();
  const answer = (callback: sendUnaryData<ImageSize>) =>
    failsGrpc()
      ? callback({ code: status.INTERNAL, details: "The test asked for this." })
      : callback(null, grpcSays);
  if (!without.includes("grpc")) {
    grpc.addService(imagesService, {
      Measure: (_: unknown, callback: sendUnaryData<ImageSize>) => answer(callback),
      MeasureChunks: (call: ServerReadableStream<unknown, ImageSize>, callback: sendUnaryData<ImageSize>) => {
        call.resume().once("end", async () => {
          if (delayMs > 0) await wait();
          answer(callback);
        });
      },
    });
  }
  const grpcPort = await new Promise<number>((resolve, reject) => {
    const credentials = ServerCredentials.createInsecure();
    grpc.bindAsync("127.0.0.1:0", credentials, (error, port) => (error ? reject(error) : resolve(port)));
  });
  onTestFinished(() => {
    rest.close();
    rest.closeAllConnections();
    grpc.forceShutdown();
  });
  const restPort = (rest.address() as AddressInfo).port;
  return {
    endpoints: { restUrl: `http://127.0.0.1:${restPort}`, grpcAddress: `127.0.0.1:${grpcPort}` },
    waitedMs,
  };
}

function failing({ failEvery }: ContractServerOptions): () => boolean {
  let calls = 0;
  return () => failEvery !== undefined && ++calls % failEvery === 0;
}

async function readAll(request: IncomingMessage): Promise<void> {
  for await (const _ of request) {
    // Only its end matters.
  }
}

function send(response: ServerResponse, code: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(code, { "content-type": "application/json", "content-length": Buffer.byteLength(text) });
  response.end(text);
}
