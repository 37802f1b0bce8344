import { type Client, credentials, type ServiceError } from "@grpc/grpc-js";
import {
  CalculatorClient,
  healthService,
  ImagesClient,
  IncrementerClient,
  type IncrementMessage,
  MathClient,
  PayloadClient,
  type RunningServers,
  startServers,
} from "@wirelab/servers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerOf } from "../../../../servers/src/testing/answer-of.js";
import { png } from "../../../../servers/src/testing/png.js";
import { hasPython } from "../testing/python.js";
import { type PythonHost, startPythonServer } from "./server.js";

const maxMessageBytes = 2000;

function clientsOf(address: string) {
  const open = <Made extends Client>(
    Made: new (
      address: string,
      trust: ReturnType<typeof credentials.createInsecure>,
      options: object,
    ) => Made,
  ) => new Made(address, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  const clients = {
    increment: open(IncrementerClient),
    add: open(CalculatorClient),
    image: open(ImagesClient),
    payload: open(PayloadClient),
    math: open(MathClient),
  };
  return { ...clients, close: () => Object.values(clients).map((client) => client.close()) };
}
type Clients = ReturnType<typeof clientsOf>;
type Ask = (clients: Clients) => Promise<unknown>;

const increment =
  (value: number, id = 0): Ask =>
  ({ increment }) =>
    answerOf((callback) => increment.Increment({ id, value }, callback));
const add =
  (a: number, b: number): Ask =>
  ({ add }) =>
    answerOf((callback) => add.Add({ a, b }, callback));
const measure =
  (image: Buffer): Ask =>
  ({ image: images }) =>
    answerOf((callback) => images.Measure({ image }, callback));
const chunks =
  (...pieces: readonly Buffer[]): Ask =>
  ({ image: images }) =>
    answerOf((callback) => {
      const call = images.MeasureChunks(callback);
      for (const image of pieces) call.write({ image });
      call.end();
    });
const send =
  (data: Buffer): Ask =>
  ({ payload }) =>
    answerOf((callback) => payload.Send({ data }, callback));
const factorial =
  (number: number): Ask =>
  async ({ math }) => {
    const { result, time_taken } = await answerOf<{ result: number; time_taken: number }>((callback) =>
      math.CalculateFactorial({ number }, callback),
    );
    expect(time_taken).toBeGreaterThanOrEqual(0);
    return { result };
  };
const stream =
  (...values: readonly number[]): Ask =>
  ({ increment }) =>
    new Promise((resolve) => {
      const answers: IncrementMessage[] = [];
      const call = increment.IncrementStream();
      call.on("data", (answer: IncrementMessage) => answers.push(answer));
      call.on("error", ({ code, details }: ServiceError) => resolve({ answers, code, details }));
      call.on("end", () => resolve({ answers }));
      values.forEach((value, id) => {
        call.write({ id, value });
      });
      call.end();
    });

const photo = png(3, 2, 1500);

const asked: readonly (readonly [name: string, calls: number, ask: Ask])[] = [
  ["increment of 41", 1, increment(41, 7)],
  ["increment of the smallest int32", 1, increment(-2_147_483_648)],
  ["increment of the largest int32", 1, increment(2_147_483_647)],
  ["a stream of increments", 3, stream(1, 2, 3)],
  ["a stream of none", 0, stream()],
  ["add", 1, add(0.1, 0.2)],
  ["add of NaN", 1, add(Number.NaN, 1)],
  ["add of Infinity", 1, add(1, Number.NEGATIVE_INFINITY)],
  ["add of a sum beyond doubles", 1, add(1e308, 1e308)],
  ["an image", 1, measure(photo)],
  ["an image in pieces", 1, chunks(photo.subarray(0, 700), Buffer.alloc(0), photo.subarray(700))],
  ["pieces of no image", 1, chunks()],
  ["pieces larger than the limit together", 1, chunks(photo, photo)],
  ["an image of no bytes", 1, measure(Buffer.alloc(0))],
  ["an image that is text", 1, measure(Buffer.from("no image"))],
  ["an image whose header is cut off", 1, measure(png(3, 2).subarray(0, 30))],
  ["an image of 100 megapixels", 1, measure(png(10_000, 10_000))],
  ["a payload", 1, send(Buffer.from("안녕"))],
  ["a payload of none", 1, send(Buffer.alloc(0))],
  ["a payload of the limit", 1, send(Buffer.alloc(maxMessageBytes - 3))],
  ["factorial of 10000", 1, factorial(10_000)],
  ["factorial of less than none", 1, factorial(-1)],
  ["factorial of more than it does", 1, factorial(200_001)],
];

function health(client: Client, service: string): Promise<unknown> {
  const { Check: method } = healthService;
  if (method === undefined) throw new Error("grpc-health-check has no Check method");
  const { path, requestSerialize, responseDeserialize } = method;
  return answerOf((callback) =>
    client.makeUnaryRequest(path, requestSerialize, responseDeserialize, { service }, callback),
  );
}

/** The answer, or the status with its sentence. */
function outcome(answer: Promise<unknown>): Promise<unknown> {
  return answer.catch(({ code, details }: ServiceError) => ({ code, details }));
}

describe.skipIf(!(await hasPython())).each(["grpcio", "grpcio-aio"] as const)("%s", (program) => {
  let servers: RunningServers;
  let host: PythonHost;
  let node: Clients;
  let python: Clients;
  beforeAll(async () => {
    [servers, host] = await Promise.all([
      startServers({ restPort: 0, grpcPort: 0, protocols: ["grpc"], maxMessageBytes }),
      startPythonServer(program, { maxMessageBytes }),
    ]);
    node = clientsOf(servers.grpcAddress ?? "");
    python = clientsOf(host.endpoints.grpcAddress ?? "");
  });
  afterAll(async () => {
    node.close();
    python.close();
    await Promise.all([servers.close(), host.stop()]);
  });

  test.each(asked)("answers to %s as grpc-js does, %d calls", async (_name, calls, ask) => {
    const before = await host.count();
    const [expected, said] = await Promise.all([node, python].map((clients) => outcome(ask(clients))));
    expect(said).toEqual(expected);
    expect((await host.count()) - before).toBe(calls);
  });

  test("ends a stream at the message that it refuses, when those before are answered", async () => {
    const [expected, said] = await Promise.all([node, python].map(stream(1, 2_147_483_647, 3)));
    expect(said).toEqual(expected);
    expect(said).toMatchObject({ answers: [{ id: 0, value: 2 }], code: 3 });
  });

  test("refuses a message larger than the limit, and goes on", async () => {
    expect(await outcome(send(Buffer.alloc(maxMessageBytes - 2))(python))).toMatchObject({ code: 8 });
    expect(await send(Buffer.alloc(5))(python)).toEqual({ size: 5 });
  });

  test("says that it serves, and that is no call", async () => {
    const before = await host.count();
    for (const service of ["", "increment.Incrementer", "item.MathService"]) {
      expect(await health(python.increment, service)).toEqual({ status: "SERVING" });
    }
    expect(await host.count()).toBe(before);
  });
});

test.skipIf(!(await hasPython())).each(["grpcio", "grpcio-aio"] as const)(
  "%s serves the next caller after one who hangs up in mid-stream, and has nothing to complain of",
  async (program) => {
    const host = await startPythonServer(program, { works: ["increment"] });
    const clients = clientsOf(host.endpoints.grpcAddress ?? "");
    const call = clients.increment.IncrementStream();
    const ended = new Promise((resolve) => call.once("error", resolve));
    const answered = new Promise((resolve) => call.once("data", resolve));
    call.write({ id: 1, value: 1 });
    await answered;
    call.cancel();
    await ended;
    expect(await increment(1)(clients)).toEqual({ id: 0, value: 2 });
    clients.close();
    process.kill(host.pids.grpc ?? 0, "SIGKILL");
    expect(await host.died).toMatchObject({ lastWords: "" });
  },
);
