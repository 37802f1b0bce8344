import { expect, test } from "vitest";
import type { Check } from "../doctor/check.js";
import { cli } from "../testing/cli.js";

test("looks at this machine and says what each lack costs", async () => {
  const { exitCode, stdout } = await cli(["doctor", "--json"]);
  expect(exitCode).toBe(0);
  const { checks } = JSON.parse(stdout) as { checks: Check[] };
  const topics = new Set(checks.map(({ topic }) => topic));
  expect([...topics]).toEqual(["installed", "ports", "limits", "network", "clock", "noise"]);
  const kernel = checks.find(({ name }) => name === "tslab kernel");
  expect(kernel).toMatchObject({ state: "ok", found: "runs a cell" });
  for (const { state, advice } of checks) expect(advice === null).toBe(state === "ok");
}, 120_000);
