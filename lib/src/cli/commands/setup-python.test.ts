import { expect, test } from "vitest";
import { hasPython } from "../../hosts/testing/python.js";
import { cli } from "../testing/cli.js";

test.skipIf(!(await hasPython()))("where the stacks are set up, it says so with their versions", async () => {
  const { exitCode, stdout, stderr } = await cli(["setup-python"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/set up in \.venv: Python 3\.\d+\.\d+, flask [\d.]+, .*grpcio [\d.]+/);
});

test("says how it is called", async () => {
  const { exitCode, stdout } = await cli(["setup-python", "--help"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain("npm run setup:python");
});
