import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findMethod } from "../../arms/operation/method.js";
import { operationSchema } from "../../arms/operation/operation.js";
import { readProtoFiles } from "../../arms/operation/proto-files.js";
import { projectRoot } from "../../root.js";
import { readService } from "./service.js";

let folder: string;
let page: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wirelab-service-file-"));
  page = await readFile(join(projectRoot, "docs/your-service.md"), "utf8");
});
afterAll(() => rm(folder, { recursive: true }));

async function file(text: string): Promise<string> {
  const path = join(folder, "service.json");
  await writeFile(path, text);
  return path;
}

const block = (language: string) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? "";

test("the example of docs/your-service.md is a service, and its .proto file has the methods", async () => {
  await writeFile(join(folder, "etcd.proto"), block("proto"));
  const { operations } = readService(await file(block("json")));
  const grpc = Object.values(operations).flatMap((one) => (one.kind === "grpc" ? [one] : []));
  expect(grpc).toHaveLength(2);
  for (const { method, protoFiles = [] } of grpc) {
    expect(protoFiles).toEqual([join(folder, "etcd.proto")]);
    expect(findMethod(readProtoFiles({ protoFiles }, "docs"), method, "docs").path).toBe(`/${method}`);
  }
});

test("docs/your-service.md names every field", () => {
  const fields = operationSchema.options.flatMap(({ shape }) => Object.keys(shape));
  for (const field of new Set(fields)) expect(page, field).toMatch(new RegExp(`\\b${field}\\b`));
});

test.each<[string, RegExp]>([
  ['{ "operations": {} ', /service\.json is no JSON: /],
  ["[]", /service\.json: Invalid input: expected object/],
  ['{ "operations": {} }', /service\.json has no operations: give one at least/],
  ['{ "operations": { "a": { "kind": "soap" } } }', /service\.json: a\.kind: /],
  ['{ "operations": { "a": { "kind": "rest" } } }', /service\.json: a\.url: Invalid input: expected string/],
  [
    '{ "operations": { "a": { "kind": "rest", "url": "http://127.0.0.1/", "headers": { "x": 1 } } } }',
    /service\.json: a\.headers\.x: Invalid input: expected string/,
  ],
  ['{ "operations": { "a": {} }, "allowHosts": ["shop.example"] }', /Unrecognized key: "allowHosts"/],
  [
    '{ "operations": { "a": { "kind": "grpc", "target": "a:1", "method": "a.B/C", "tls": { "certFile": "c" } } } }',
    /a\.tls: a client's certFile and its keyFile go together/,
  ],
])("%s is refused with its place", async (text, message) => {
  const path = await file(text);
  expect(() => readService(path)).toThrow(message);
});
