import { Client, credentials, Metadata, type ServiceError, type StatusObject, status } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { healthService, IncrementerClient, type IncrementMessage, packageDefinition } from "./contracts.js";
import { type RunningBoth, startServers } from "./serve.js";

const maxMessageBytes = 2000;
const serviceNames = [
  "increment.Incrementer",
  "calculator.Calculator",
  "image.Images",
  "inference.Inference",
];
const ignoreProxies = { "grpc.enable_http_proxy": 0 };
const int32Max = 2 ** 31 - 1;
let servers: RunningBoth;
let client: IncrementerClient;

beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes });
  client = new IncrementerClient(servers.grpcAddress, credentials.createInsecure(), ignoreProxies);
});
afterAll(async () => {
  client.close();
  await servers.close();
});

interface Outcome<T> {
  readonly answers: readonly T[];
  readonly end: StatusObject;
}

function unary(message: { id?: number; value?: number }): Promise<IncrementMessage> {
  return new Promise((resolve, reject) => {
    client.Increment(message, (error, answer) =>
      error ? reject(error) : resolve(answer as IncrementMessage),
    );
  });
}

function stream(messages: readonly { id: number; value: number }[]): Promise<Outcome<IncrementMessage>> {
  const call = client.IncrementStream();
  for (const message of messages) call.write(message);
  call.end();
  return outcome(call);
}

/** All answers of a stream and the status that it ended with. */
function outcome<T>(call: NodeJS.EventEmitter): Promise<Outcome<T>> {
  const answers: T[] = [];
  return new Promise((resolve) => {
    call.on("data", (answer: T) => answers.push(answer));
    call.on("error", () => {});
    call.on("status", (end: StatusObject) => resolve({ answers, end }));
  });
}

test("adds one and hands the id back", async () => {
  expect(await unary({ id: 7, value: 41 })).toEqual({ id: 7, value: 42 });
  expect(await unary({ value: -1 })).toEqual({ id: 0, value: 0 });
  expect(await unary({})).toEqual({ id: 0, value: 1 });
});

test("refuses an overflow with INVALID_ARGUMENT and a sentence, and goes on", async () => {
  const error: ServiceError = await unary({ value: int32Max }).catch((caught) => caught);
  expect(error.code).toBe(status.INVALID_ARGUMENT);
  expect(error.details).toMatch(/^value is 2147483647, .* does not fit\.$/);
  expect(await unary({ value: 1 })).toEqual({ id: 0, value: 2 });
});

test("answers each message of a stream by its id, thousands outstanding, and ends when the client does", async () => {
  const messages = Array.from({ length: 5000 }, (_, index) => ({ id: index + 1, value: index * 3 }));
  const { answers, end } = await stream(messages);
  expect(end.code).toBe(status.OK);
  const byId = new Map(answers.map(({ id, value }) => [id, value]));
  expect(byId.size).toBe(5000);
  expect(messages.every(({ id, value }) => byId.get(id) === value + 1)).toBe(true);
});

test("an invalid message ends the stream with INVALID_ARGUMENT; what came before it is answered", async () => {
  const { answers, end } = await stream([
    { id: 1, value: 1 },
    { id: 2, value: int32Max },
    { id: 3, value: 3 },
  ]);
  expect(answers).toEqual([{ id: 1, value: 2 }]);
  expect(end.code).toBe(status.INVALID_ARGUMENT);
  expect(end.details).toMatch(/does not fit/);
});

// A message of 2000 bytes in a field that the contract doesn't have.
const field15 = Buffer.concat([Buffer.from([0x7a, 0xd0, 0x0f]), Buffer.alloc(2000)]);

test("too large a message is RESOURCE_EXHAUSTED on both kinds of call", async () => {
  const raw = new Client(servers.grpcAddress, credentials.createInsecure(), ignoreProxies);
  const asIs = (buffer: Buffer) => buffer;
  const one = await new Promise<ServiceError | null>((resolve) => {
    raw.makeUnaryRequest("/increment.Incrementer/Increment", asIs, asIs, field15, (error) => resolve(error));
  });
  expect(one?.code).toBe(status.RESOURCE_EXHAUSTED);
  const call = raw.makeBidiStreamRequest(
    "/increment.Incrementer/IncrementStream",
    asIs,
    asIs,
    new Metadata(),
  );
  call.write(field15);
  expect((await outcome(call)).end.code).toBe(status.RESOURCE_EXHAUSTED);
  raw.close();
});

test("garbage in place of a message is refused, and the server goes on", async () => {
  const raw = new Client(servers.grpcAddress, credentials.createInsecure(), ignoreProxies);
  const garbage = Buffer.from([0x0a, 0xff, 0xff]);
  const asIs = (buffer: Buffer) => buffer;
  const error = await new Promise<ServiceError | null>((resolve) => {
    raw.makeUnaryRequest("/increment.Incrementer/Increment", asIs, asIs, garbage, (caught) =>
      resolve(caught),
    );
  });
  expect(error?.code).toBe(status.INTERNAL);
  expect(error?.details).not.toContain("    at ");
  expect(await unary({ value: 1 })).toEqual({ id: 0, value: 2 });
  raw.close();
});

test("the limit holds for answers too", async () => {
  const tight = await startServers({ restPort: 0, grpcPort: 0, maxMessageBytes: 2 });
  const caller = new IncrementerClient(tight.grpcAddress, credentials.createInsecure(), ignoreProxies);
  // 127 is two bytes on the wire, 128 is three.
  const code = await new Promise<number | undefined>((resolve) => {
    caller.Increment({ value: 127 }, (error) => resolve(error?.code));
  });
  expect(code).toBe(status.RESOURCE_EXHAUSTED);
  caller.close();
  await tight.close();
});

test.each(["", ...serviceNames])("the health service says that %j serves", async (service) => {
  const { Check } = healthService;
  if (Check === undefined) throw new Error("the health service has no Check");
  const answer = await new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      Check.path,
      Check.requestSerialize,
      Check.responseDeserialize,
      { service },
      (error, value) => (error ? reject(error) : resolve(value)),
    );
  });
  expect(answer).toMatchObject({ status: "SERVING" });
});

test("reflection lists the services over both versions of its protocol", async () => {
  for (const version of ["v1", "v1alpha"]) {
    const call = client.makeBidiStreamRequest<Buffer, Buffer>(
      `/grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`,
      (message) => message,
      (message) => message,
      new Metadata(),
    );
    // Field 7, `list_services`, as text of no length.
    call.write(Buffer.from([0x3a, 0x00]));
    call.end();
    const { answers } = await outcome<Buffer>(call);
    const text = Buffer.concat(answers).toString("latin1");
    for (const service of [...serviceNames, "grpc.health.v1.Health"]) expect(text).toContain(service);
  }
});

test("the contracts are those in the proto files", () => {
  expect(Object.keys(packageDefinition)).toEqual(
    expect.arrayContaining([
      "increment.Incrementer",
      "increment.Number",
      "calculator.Calculator",
      "image.Images",
      "inference.Inference",
      "grpc.health.v1.Health",
    ]),
  );
});
