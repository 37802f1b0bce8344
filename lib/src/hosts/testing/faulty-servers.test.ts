import { credentials, type ServiceError, type StatusObject, status } from "@grpc/grpc-js";
import { IncrementerClient, type IncrementMessage } from "@wirelab/servers";
import { Client } from "undici";
import { afterEach, expect, test } from "vitest";
import { type FaultOptions, type FaultyServers, startFaultyServers } from "./faulty-servers.js";

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function start(options: FaultOptions) {
  const servers = await startFaultyServers(options);
  const grpc = new IncrementerClient(servers.endpoints.grpcAddress, credentials.createInsecure(), {
    "grpc.enable_http_proxy": 0,
    "grpc.use_local_subchannel_pool": 1,
  });
  const rest = new Client(servers.endpoints.restUrl);
  opened.push(
    () => servers.close(),
    async () => grpc.close(),
    () => rest.destroy(),
  );
  return { servers, grpc, rest: () => postOne(rest), unary: () => unaryOne(grpc) };
}

async function postOne(client: Client): Promise<string> {
  const headers = { "content-type": "application/json" };
  const body = '{"value":1}';
  try {
    const response = await client.request({ method: "POST", path: "/increment", headers, body });
    return `${response.statusCode} ${await response.body.text()}`;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

function unaryOne(client: IncrementerClient): Promise<string> {
  return new Promise((resolve) => {
    client.Increment({ id: 1, value: 1 }, (error: ServiceError | null, answer?: IncrementMessage) => {
      resolve(error ? (status[error.code] ?? "?") : String(answer?.value));
    });
  });
}

function streamed(client: IncrementerClient, values: readonly number[]) {
  const call = client.IncrementStream();
  const answers: IncrementMessage[] = [];
  values.forEach((value, index) => {
    call.write({ id: index + 1, value });
  });
  call.end();
  return new Promise<{ answers: IncrementMessage[]; code: string }>((resolve) => {
    call.on("data", (answer: IncrementMessage) => answers.push(answer));
    call.on("error", () => {});
    call.on("status", (end: StatusObject) => resolve({ answers, code: status[end.code] ?? "?" }));
  });
}

const counts = ({ rest, grpc }: FaultyServers) => ({ rest: { ...rest }, grpc: { ...grpc } });

test("without a fault it answers right and counts calls and connections", async () => {
  const { servers, rest, unary, grpc } = await start({ fault: "none" });
  for (let call = 0; call < 3; call++) {
    expect(await rest()).toBe('200 {"value":2}');
    expect(await unary()).toBe("2");
  }
  expect((await streamed(grpc, [5, 6])).answers).toEqual([
    { id: 1, value: 6 },
    { id: 2, value: 7 },
  ]);
  expect(counts(servers)).toEqual({ rest: { calls: 3, connections: 1 }, grpc: { calls: 5, connections: 1 } });
});

test.each([
  ["reset", "UND_ERR_SOCKET", "UNAVAILABLE"],
  ["garbage", '200 {"value":4\u0000', "INTERNAL"],
  ["wrong-number", '200 {"value":3}', "3"],
  ["error-status", '500 {"error":"The test asked for this."}', "INTERNAL"],
  ["die", "UND_ERR_SOCKET", "UNAVAILABLE"],
] as const)(
  "%s begins after the calls that were asked for, on every kind of call",
  async (fault, atRest, atGrpc) => {
    const { servers, rest, unary, grpc } = await start({ fault, afterCalls: 2 });
    expect([await rest(), await rest()]).toEqual(['200 {"value":2}', '200 {"value":2}']);
    expect(await rest()).toMatch(atRest === "UND_ERR_SOCKET" ? /UND_ERR_SOCKET|ECONNRESET/ : atRest);
    expect([await unary(), await unary(), await unary()]).toEqual(["2", "2", atGrpc]);
    expect(counts(servers)).toEqual({
      rest: { calls: 3, connections: 1 },
      grpc: { calls: 3, connections: 1 },
    });
    if (fault !== "die") {
      const { answers, code } = await streamed(grpc, [1]);
      expect(fault === "wrong-number" ? answers : code).toEqual(
        fault === "wrong-number" ? [{ id: 1, value: 3 }] : atGrpc,
      );
    }
  },
);

test("hang takes the call and never answers", async () => {
  const { servers, grpc } = await start({ fault: "hang" });
  const code = await new Promise<number | undefined>((resolve) => {
    grpc.Increment({ value: 1 }, { deadline: Date.now() + 100 }, (error) => resolve(error?.code));
  });
  expect(code).toBe(status.DEADLINE_EXCEEDED);
  const late = await fetch(`${servers.endpoints.restUrl}/increment`, {
    method: "POST",
    body: '{"value":1}',
    signal: AbortSignal.timeout(100),
  }).catch((error: Error) => error.name);
  expect(late).toBe("TimeoutError");
  expect([servers.rest.calls, servers.grpc.calls]).toEqual([1, 1]);
});

test("out of order answers the last of each handful first, and the rest at the end", async () => {
  const { grpc } = await start({ fault: "none", outOfOrder: 3 });
  const { answers } = await streamed(grpc, [10, 20, 30, 40]);
  expect(answers.map(({ id }) => id)).toEqual([3, 2, 1, 4]);
  expect(answers.map(({ value }) => value)).toEqual([31, 21, 11, 41]);
});
