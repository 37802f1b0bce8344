import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import type { PythonProgram } from "../program.js";
import { stopAll } from "../running.js";
import { hasPython } from "../testing/python.js";
import { startPythonServer } from "./server.js";

afterEach(() => stopAll());

/** What a way answers to an increment of 41, over which HTTP, and the programs that it has started. */
async function observe(program: PythonProgram) {
  const host = await startPythonServer(program, { works: ["increment"] });
  const headers = { "content-type": "application/json" };
  const asked = request(`${host.endpoints.restUrl}/increment`, { method: "POST", headers });
  asked.end('{"value":41}');
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const chunks = await answer.setEncoding("utf8").toArray();
  const pid = host.pids.rest ?? 0;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  const pids = children.trim().split(" ").filter(Boolean);
  const started = await Promise.all(pids.map((child) => readFile(`/proc/${child}/comm`, "utf8")));
  expect(await host.count()).toBe(1);
  return {
    http: answer.httpVersion,
    text: chunks.join("").trim(),
    started: started.map((name) => name.trim()),
  };
}

describe.skipIf(!(await hasPython()) || process.platform !== "linux")("Flask", () => {
  const plain = { http: "1.1", text: '{"value":42}', started: [] };
  const indented = '{\n  "value": 42\n}';

  test.each([
    ["flask", plain],
    ["flask-debug", { ...plain, text: indented }],
    ["flask-terminal", { ...plain, started: ["cat"] }],
    ["flask-unthreaded", { ...plain, http: "1.0" }],
    ["flask-slowest", { http: "1.0", text: indented, started: ["cat"] }],
  ] as const)("as %s is run in that way", async (program, seen) => {
    expect(await observe(program)).toEqual(seen);
  });

  test.each(["flask-debug", "flask-slowest"] as const)("as %s has the debugger", async (program) => {
    const host = await startPythonServer(program, { works: ["increment"] });
    const page = await fetch(`${host.endpoints.restUrl}/console`);
    expect([page.status, (await page.text()).includes("Interactive Console")]).toEqual([200, true]);
  });
});
