import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../record/testing/samples.js";
import { nodeOfPackage, readNode } from "./node-executable.js";

test("a Node says which it is", () => {
  expect(readNode(process.execPath)).toEqual({
    path: process.execPath,
    version: process.version,
    v8: process.versions.v8,
  });
});

test("what is no Node, or is not there, is a usage error that names it", () => {
  for (const path of ["/bin/echo", "/nowhere/node"]) {
    expect(() => readNode(path)).toThrow(
      expect.objectContaining({ code: "usage", message: expect.stringContaining(path) }),
    );
  }
  const script = join(temporaryFolder(), "no-node");
  writeFileSync(script, "#!/bin/sh\nexit 3\n");
  chmodSync(script, 0o755);
  expect(() => readNode(script)).toThrow("is not a Node that can be run");
});

test("where the package is not installed there is no other Node", () => {
  expect(nodeOfPackage(join(temporaryFolder(), "package.json"))).toBeNull();
});
