import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { readEnvironment } from "./environment.js";

const require = createRequire(import.meta.url);

test("the environment is this machine's and names the packages that are loaded", () => {
  const environment = readEnvironment();
  expect(environment.node).toBe(process.version);
  expect(environment.v8).toBe(process.versions.v8);
  expect(environment.cpu).not.toBe("");
  expect(environment.cores).toBeGreaterThanOrEqual(1);
  expect(environment.memoryBytes).toBeGreaterThan(2 ** 26);
  expect(environment.os).toContain(process.arch);
  const names = ["wirelab", "express", "@grpc/grpc-js", "@grpc/proto-loader", "protobufjs", "undici"];
  expect(Object.keys(environment.packages).sort()).toEqual(names.sort());
  for (const version of Object.values(environment.packages)) expect(version).toMatch(/^\d+\.\d+\.\d+/);
  expect(environment.packages["@grpc/grpc-js"]).toBe(require("@grpc/grpc-js/package.json").version);
});

test("a commit is a hash and says whether files were changed since; without git both are null", () => {
  const { gitCommit, gitDirty } = readEnvironment();
  if (gitCommit === null) expect(gitDirty).toBeNull();
  else {
    expect(gitCommit).toMatch(/^[0-9a-f]{40}/);
    expect(gitDirty).toBeTypeOf("boolean");
  }
  const { PATH } = process.env;
  try {
    process.env.PATH = "";
    expect(readEnvironment()).toMatchObject({ gitCommit: null, gitDirty: null });
  } finally {
    process.env.PATH = PATH;
  }
});
