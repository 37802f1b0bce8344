import { credentials } from "@grpc/grpc-js";
import { IncrementerClient } from "@wirelab/servers/dist/contracts.js";
import { Client } from "undici";
import type { BothEndpoints } from "wirelab/dist/hosts/host.js";

/** The least that can time a client: a loop that makes calls one after another and notes how long each took, in ms. */
export interface BareLoop {
  run(calls: number): Promise<Float64Array>;
}

/** undici's `dispatch`, as the REST arm uses it, with nothing recorded but durations. */
export function bareRest({ restUrl }: BothEndpoints): BareLoop {
  const client = new Client(restUrl, { pipelining: 1, headersTimeout: 0, bodyTimeout: 0 });
  const headers = { "content-type": "application/json" };
  const call = (value: number) =>
    new Promise<number>((resolve, reject) => {
      let text = "";
      const body = `{"value":${value}}`;
      client.dispatch(
        { path: "/increment", method: "POST", headers, body },
        {
          onRequestStart: () => {},
          onResponseStart: () => {},
          onResponseData: (_, chunk) => {
            text += chunk.toString();
          },
          onResponseEnd: () => resolve((JSON.parse(text) as { value: number }).value),
          onResponseError: (_, error) => reject(error),
        },
      );
    });
  return { run: (calls) => timeChain(call, calls) };
}

/** The generated gRPC client on a channel of its own, as the gRPC arm has it, with nothing recorded but durations. */
export function bareGrpc({ grpcAddress }: BothEndpoints): BareLoop {
  const client = new IncrementerClient(grpcAddress, credentials.createInsecure(), {
    "grpc.use_local_subchannel_pool": 1,
    "grpc.enable_http_proxy": 0,
  });
  const call = (value: number) =>
    new Promise<number>((resolve, reject) => {
      client.Increment({ id: 0, value }, (error, message) => {
        if (error !== null) reject(error);
        else resolve(message?.value ?? Number.NaN);
      });
    });
  return { run: (calls) => timeChain(call, calls) };
}

async function timeChain(call: (value: number) => Promise<number>, calls: number): Promise<Float64Array> {
  const durationsMs = new Float64Array(calls);
  let value = 0;
  for (let i = 0; i < calls; i++) {
    const startedAt = performance.now();
    value = await call(value);
    durationsMs[i] = performance.now() - startedAt;
  }
  if (value !== calls) throw new Error(`a chain of ${calls} increments ended with ${value}`);
  return durationsMs;
}
