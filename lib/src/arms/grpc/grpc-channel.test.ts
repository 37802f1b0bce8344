import { experimental, Metadata, Server, ServerCredentials, status } from "@grpc/grpc-js";
import { afterAll, expect, test } from "vitest";
import { calledAt } from "../operation/open.js";
import { parseOperation } from "../operation/operation.js";
import { WireMeter } from "../wire.js";
import { openChannel } from "./grpc-channel.js";

const server = new Server();
afterAll(() => server.forceShutdown());

const bytes = (message: Buffer) => message;
const open = (grpcAddress: string) =>
  openChannel({
    endpoints: { restUrl: null, grpcAddress },
    nextConnectionId: () => 0,
    wire: new WireMeter(),
  });

test("makes a call once, whatever policy of retries comes with an address", async () => {
  let asked = 0;
  const method = {
    ...{ path: "/a.B/C", requestStream: false, responseStream: false },
    ...{ requestSerialize: bytes, requestDeserialize: bytes },
    ...{ responseSerialize: bytes, responseDeserialize: bytes },
  };
  server.addService(
    { call: method },
    {
      call: (_: unknown, done: (error: object) => void) => {
        asked++;
        done({ code: status.UNAVAILABLE });
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  const retryPolicy = {
    ...{ maxAttempts: 3, initialBackoff: "0.001s", maxBackoff: "0.001s", backoffMultiplier: 1 },
    retryableStatusCodes: ["UNAVAILABLE"],
  };
  const methodConfig = [{ name: [{}], retryPolicy }];
  // As a name server may tell it, which there is none of here.
  class Telling {
    private readonly listener: experimental.ResolverListener;
    constructor(_: unknown, listener: experimental.ResolverListener) {
      this.listener = listener;
    }
    updateResolution(): void {
      const told = <T>(value: T) => ({ ok: true, value }) as const;
      const addresses = [{ addresses: [{ host: "127.0.0.1", port }] }];
      const config = told({
        methodConfig,
        loadBalancingConfig: [],
      }) as Parameters<experimental.ResolverListener>[2];
      setImmediate(() => this.listener(told(addresses), {}, config, ""));
    }
    destroy(): void {}
    static getDefaultAuthority(): string {
      return "told";
    }
  }
  experimental.registerResolver("told", Telling);
  const channel = open("told:here");
  const code = await new Promise((resolve) =>
    channel.client.makeUnaryRequest(method.path, bytes, bytes, Buffer.alloc(0), new Metadata(), (error) =>
      resolve(error?.code),
    ),
  );
  channel.close();
  expect([code, asked]).toEqual([status.UNAVAILABLE, 1]);
});

test("takes the host of an operation for a host, whatever it is called", () => {
  for (const target of ["unix:50051", "dns:50051", "[::1]:50051", "127.0.0.1:50051"]) {
    const operation = parseOperation({ kind: "grpc", target, method: "a.B/C" }, "one");
    const { grpcAddress } = calledAt({ restUrl: null, grpcAddress: target }, operation, "one");
    const channel = open(grpcAddress ?? "");
    expect(channel.client.getChannel().getTarget()).toBe(`dns:///${target}`);
    channel.close();
  }
});
