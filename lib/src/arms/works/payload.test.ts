import { brotliCompressSync } from "node:zlib";
import { type RunningBoth, startServers } from "@wirelab/servers";
import { payloadService } from "@wirelab/servers/dist/contracts.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type CallingArm, newAnswer } from "../arm.js";
import { armsFor, findOwnArm, findWorkload } from "../registry.js";
import { payloadWorkload } from "./payload.js";

let servers: RunningBoth;
beforeAll(async () => {
  servers = await startServers({ restPort: 0, grpcPort: 0, works: ["payload", "increment"] });
});
afterAll(() => servers.close());

test("is 512 KB of text that JSON leaves as it is, the same every time, and hard to compress", () => {
  const { first } = payloadWorkload();
  expect(first.bytes.byteLength).toBe(524_288);
  expect(Buffer.from(first.text)).toEqual(first.bytes);
  expect(JSON.stringify(first.text)).toHaveLength(524_288 + 2);
  expect(payloadWorkload().first.bytes).toEqual(first.bytes);
  // Six random bits a byte can become three quarters, and nothing less.
  expect(brotliCompressSync(first.bytes).byteLength).toBeGreaterThan(0.75 * 524_288);
});

test("serialises the same data for every call, and makes none", () => {
  const { first, next, rest, grpc } = payloadWorkload(10);
  expect(next(10)).toBe(first);
  expect(rest.body.make(first)).toBe(`{"data":"${first.text}"}`);
  expect(rest.protobuf?.make(first)).toEqual(payloadService.Send.requestSerialize(grpc.message(0, first)));
});

test("does not take another size for right, nor another body for an answer", () => {
  const { first, isRight, rest } = payloadWorkload(10);
  expect([9, 10, 11].map((size) => isRight(first, size))).toEqual([false, true, false]);
  for (const json of [null, {}, { size: "10" }]) expect(rest.read(json)).toBeNull();
  const read = rest.protobuf?.read;
  expect(read?.(Buffer.from([0x08, 0x0a]))).toBe(10);
  expect(read?.(Buffer.from([0x08]))).toBeNull();
  expect(read?.(Buffer.from('{"size":10}'))).toBeNull();
});

test.each([0, 1, 524_288])("every arm has a payload of %d bytes counted", async (size) => {
  const workload = findWorkload("payload", { size });
  const names = armsFor(workload).flatMap(({ name, language }) => (language === "typescript" ? [name] : []));
  expect(names).toEqual([
    "rest-new-connection",
    "rest",
    "rest-protobuf",
    "grpc",
    "grpc-own-connection",
    "grpc-http2",
    "rest-watched",
    "rest-new-connection-watched",
    "grpc-watched",
  ]);
  for (const name of names) expect(await callOnce(name, workload)).toMatchObject({ ok: true, output: size });
});

test("rest-protobuf calls no work without such a form, and fails where a server has none", async () => {
  expect(armsFor(findWorkload("increment")).map(({ name }) => name)).not.toContain("rest-protobuf");
  const { rest, ...workload } = findWorkload("payload", { size: 5 });
  const elsewhere = { ...workload, rest: { ...rest, path: "/increment" } };
  expect(await callOnce("rest-protobuf", elsewhere)).toMatchObject({ ok: false, error: "HTTP_400" });
});

async function callOnce(arm: string, workload: ReturnType<typeof findWorkload>) {
  const options = { workload, endpoints: servers, callers: 1, timeoutMs: 5000, nextConnectionId: () => 0 };
  const open = findOwnArm(arm).open(options) as CallingArm<unknown, unknown>;
  const answer = newAnswer<unknown>();
  await open.callers[0]?.call(workload.first, answer);
  await open.close();
  return answer;
}
