import { credentials, Metadata } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { IncrementerClient } from "./contracts.js";
import { type HandlerInstants, instantsHeader, readInstants } from "./instants.js";
import { type RunningBoth, startServers } from "./serve.js";

let servers: RunningBoth;
let client: IncrementerClient;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, works: ["increment", "payload", "image"] });
  client = new IncrementerClient(servers.grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
  });
});
afterAll(async () => {
  client.close();
  await servers.close();
});

/** What the header of an answer says to a request that asks, or does not. */
async function overRest(
  asks: boolean,
  { path = "increment", type = "application/json", body = '{"value":1}' as BodyInit } = {},
): Promise<string | null> {
  const headers = { "content-type": type, ...(asks && { [instantsHeader]: "1" }) };
  const response = await fetch(`${servers.restUrl}/${path}`, { method: "POST", headers, body });
  return response.headers.get(instantsHeader);
}

/** The same of the trailer of a gRPC call. */
function overGrpc(asks: boolean, value = 1): Promise<string | null> {
  const metadata = new Metadata();
  if (asks) metadata.set(instantsHeader, "1");
  return new Promise((resolve) => {
    const call = client.Increment({ value }, metadata, () => {});
    call.on("status", ({ metadata }) => resolve(metadata.get(instantsHeader)[0]?.toString() ?? null));
  });
}

const protocols = [
  ["REST", (asks: boolean) => overRest(asks)],
  ["gRPC", (asks: boolean) => overGrpc(asks)],
] as const;

test.each(protocols)(
  "%s says when a handler began and ended to who asks, on this machine's clock",
  async (_, ask) => {
    const beforeNs = process.hrtime.bigint();
    const said = readInstants((await ask(true)) ?? "");
    const afterNs = process.hrtime.bigint();
    const { beganNs, endedNs } = said as HandlerInstants;
    expect([beforeNs, beganNs, endedNs, afterNs]).toEqual(
      [beforeNs, beganNs, endedNs, afterNs].toSorted((a, b) => Number(a - b)),
    );
  },
);

test.each(protocols)("%s says nothing of it to who does not ask", async (_, ask) => {
  expect(await ask(false)).toBeNull();
});

test.each(protocols)("%s has a planted delay within the handler", async (_, ask) => {
  servers.plantDelay(5000);
  const { beganNs, endedNs } = readInstants((await ask(true)) ?? "") as HandlerInstants;
  servers.plantDelay(0);
  expect(Number(endedNs - beganNs)).toBeGreaterThanOrEqual(5_000_000);
});

test("bodies as protobuf and works that wait say it too, and refused calls do not", async () => {
  const protobuf = { path: "payload", type: "application/x-protobuf", body: Buffer.from([0x0a, 1, 65]) };
  expect(readInstants((await overRest(true, protobuf)) ?? "")).not.toBeNull();
  const gif = Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=", "base64");
  const image = { path: "image", type: "image/gif", body: gif };
  expect(readInstants((await overRest(true, image)) ?? "")).not.toBeNull();
  expect(await overRest(true, { body: '{"value":"x"}' })).toBeNull();
  expect(await overGrpc(true, 2 ** 31 - 1)).toBeNull();
});

test.each(["", "1", "1 ", "1 2 3", "-1 2", "a b", "1 99999999999999999999"])("%j is none", (text) => {
  expect(readInstants(text)).toBeNull();
});
