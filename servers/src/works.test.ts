import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CalculatorClient, healthService, InferenceClient } from "./contracts.js";
import { type Protocol, protocols } from "./protocols.js";
import { type RunningBoth, startServers } from "./serve.js";
import { answerOf, failureOf } from "./testing/answer-of.js";
import { workNames } from "./works.js";
import { WrongOption } from "./wrong-option.js";

const ignoreProxies = { "grpc.enable_http_proxy": 0 };
let servers: RunningBoth;
let client: Client;
beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, works: ["add"] });
  client = new Client(servers.grpcAddress, credentials.createInsecure(), ignoreProxies);
});
afterAll(async () => {
  client.close();
  await servers.close();
});

test("only what was asked for is served over REST", async () => {
  const headers = { "content-type": "application/json" };
  const post = (path: string, body: string) =>
    fetch(`${servers.restUrl}${path}`, { method: "POST", headers, body });
  expect(await (await post("/add", '{"a":1,"b":2}')).json()).toEqual({ sum: 3 });
  for (const path of ["/increment", "/image", "/payload", "/factorial/", "/predict"]) {
    expect((await post(path, "{}")).status).toBe(404);
  }
});

test("only what was asked for is served over gRPC", async () => {
  const calculator = new CalculatorClient(servers.grpcAddress, credentials.createInsecure(), ignoreProxies);
  const inference = new InferenceClient(servers.grpcAddress, credentials.createInsecure(), ignoreProxies);
  expect(await answerOf((callback) => calculator.Add({ a: 1, b: 2 }, callback))).toEqual({ sum: 3 });
  const error = await failureOf(answerOf((callback) => inference.Predict({}, callback)));
  expect(error.code).toBe(status.UNIMPLEMENTED);
  calculator.close();
  inference.close();
});

test("health knows only what is served", async () => {
  const { Check } = healthService;
  if (Check === undefined) throw new Error("the health service has no Check");
  const check = (service: string) =>
    new Promise((resolve) => {
      client.makeUnaryRequest(
        Check.path,
        Check.requestSerialize,
        Check.responseDeserialize,
        { service },
        (error: ServiceError | null, answer) => resolve(error?.code ?? answer),
      );
    });
  expect(await check("")).toEqual({ status: "SERVING" });
  expect(await check("calculator.Calculator")).toEqual({ status: "SERVING" });
  expect(await check("increment.Incrementer")).toBe(status.NOT_FOUND);
});

test("reflection lists only what is served", async () => {
  const call = client.makeBidiStreamRequest<Buffer, Buffer>(
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    (message) => message,
    (message) => message,
    new Metadata(),
  );
  // Field 7, `list_services`, as text of no length.
  call.end(Buffer.from([0x3a, 0x00]));
  let text = "";
  for await (const answer of call) text += (answer as Buffer).toString("latin1");
  expect(text).toContain("calculator.Calculator");
  expect(text).toContain("grpc.health.v1.Health");
  for (const other of ["increment.", "image.", "payload.", "item.", "inference."])
    expect(text).not.toContain(other);
});

test("an unknown work is refused before anything is loaded or listens", async () => {
  const starting = startServers({ restPort: 0, grpcPort: 0, works: ["add", "subtract"] });
  const error = await starting.catch((caught) => caught);
  expect(error).toBeInstanceOf(WrongOption);
  expect(error.message).toBe(
    'There is no work "subtract"; choose from increment, add, image, payload, factorial, classify.',
  );
});

const rest = ["express", "multer"];
const grpc = ["@grpc/grpc-js", "@grpc/proto-loader", "protobufjs", "@grpc/reflection", "grpc-health-check"];

/** Which of the heavy libraries a process of its own has loaded once it listens. */
async function librariesOf(works: readonly string[], protocols: readonly Protocol[]): Promise<string[]> {
  const dist = fileURLToPath(new URL("../dist/serve.js", import.meta.url));
  const script = `
    import { createRequire } from "node:module";
    const { startServers } = await import(${JSON.stringify(dist)});
    const servers = await startServers({ restPort: 0, grpcPort: 0, works: ${JSON.stringify(works)}, protocols: ${JSON.stringify(protocols)} });
    console.log(Object.keys(createRequire(import.meta.url).cache).join("\\n"));
    await servers.close();`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  const heavy = [...rest, ...grpc, "sharp", "@tensorflow"];
  return heavy.filter((name) => stdout.includes(`/node_modules/${name}/`));
}

const small = ["increment", "add"];
test.each([
  [small, protocols, ["express", ...grpc]],
  [small, ["rest"], ["express"]],
  [small, ["grpc"], grpc],
  // Its bodies may be protobuf messages, which a first call must not wait for.
  [["payload"], ["rest"], ["express", "@grpc/proto-loader", "protobufjs"]],
  [["image"], ["rest"], [...rest, "sharp"]],
  [["image"], ["grpc"], [...grpc, "sharp"]],
  [workNames, protocols, [...rest, ...grpc, "sharp", "@tensorflow"]],
] as const)("serving %j over %j loads %j", async (works, over, libraries) => {
  expect(await librariesOf(works, over)).toEqual(libraries);
});
