import { startHost } from "../../hosts/start.js";
import type { ServiceOptions } from "./service.js";

let running: Promise<ServiceOptions> | null = null;

/**
 * A service to try operations on: the lab's own servers of increment in a process of their own, called as anybody's would be, by
 * REST, by a unary gRPC method and by a two-way stream of five messages. It runs until this process ends; asked for again, it is
 * the same.
 *
 * @throws WirelabError `server-failed` where it cannot be started
 * @example
 * const called = await lab.measure({ service: await lab.exampleService(), calls: 100 });
 */
export function exampleService(): Promise<ServiceOptions> {
  running ??= start().catch((error) => {
    running = null;
    throw error;
  });
  return running;
}

async function start(): Promise<ServiceOptions> {
  const { endpoints } = await startHost("child", { works: ["increment"] });
  const target = endpoints.grpcAddress;
  const method = "increment.Incrementer";
  const right = { json: { value: 42 } };
  const messages = Array.from({ length: 5 }, (_, id) => ({ id, value: 41 }));
  return {
    operations: {
      "rest-increment": {
        kind: "rest",
        url: `${endpoints.restUrl}/increment`,
        body: { value: 41 },
        expect: right,
      },
      "grpc-increment": {
        kind: "grpc",
        target,
        method: `${method}/Increment`,
        message: { value: 41 },
        expect: right,
      },
      "grpc-stream-of-five": {
        kind: "grpc",
        target,
        method: `${method}/IncrementStream`,
        messages,
        expect: { ...right, messages: 5 },
      },
    },
  };
}
