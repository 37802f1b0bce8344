import { createServer } from "node:net";
import { expect, test } from "vitest";
import { sampleInfo } from "../../record/testing/samples.js";
import type { Check } from "./check.js";
import { checkClock, clockStepMs } from "./clock.js";
import { examine, type Probes } from "./examine.js";
import { checkLimits } from "./limits.js";
import { checkLocalhost, checkProxies } from "./network.js";
import { checkPorts } from "./ports.js";
import { checkStacks } from "./stacks.js";
import { firstLine, portState, readLimits } from "./system.js";
import { checksText } from "./text.js";
import { checkKernel, checkNode, checkTools, tools } from "./tools.js";

const { environment } = sampleInfo();
const good: Probes = {
  environment: { ...environment, node: "v24.1.0" },
  variables: {},
  limits: { openFiles: 20_000, cores: 8, memoryBytes: 16e9, diskFreeBytes: 50e9 },
  noise: null,
  venv: "/project/.venv",
  firstLine: async (command) => `${command} 1.0`,
  findPython: async () => ({
    kind: "ready",
    python: "/project/.venv/bin/python",
    version: "3.11.2",
    packages: {},
  }),
  tryKernel: async () => "runs a cell",
  portState: async () => ({ state: "free" }),
  lookup: async () => ["127.0.0.1"],
  now: fakeClock(0.0001),
};

function fakeClock(stepMs: number): () => number {
  let timeMs = 0;
  // Two reads a step: a clock that repeats itself has not gone forward.
  return () => Math.floor(timeMs++ / 2) * stepMs;
}

function named(checks: readonly Check[], name: string): Check | undefined {
  return checks.find((check) => check.name === name);
}

test("on a good machine all is well but the noise, which nobody has measured", async () => {
  const checks = await examine(good);
  expect(checks.filter(({ state }) => state !== "ok").map(({ name }) => name)).toEqual([
    "two identical servers",
  ]);
});

test("where nothing is installed, every lack says what it costs", async () => {
  const checks = await checkTools(tools("/project/.venv"), async () => null);
  expect(checks.map(({ name, state }) => [name, state])).toEqual(
    ["npm", "git", "taskset", "python3", "jupyter lab", "chromium", "wrk", "ghz", "k6"].map((name) => [
      name,
      "missing",
    ]),
  );
  for (const { advice } of checks) expect(advice).toMatch(/\.$/);
});

test("a tool is found under any of its names", async () => {
  const asked: string[] = [];
  const checks = await checkTools(tools("/project/.venv"), async (command, args) => {
    asked.push([command, ...args].join(" "));
    return command === "/project/.venv/bin/jupyter" ? "4.6.6" : null;
  });
  expect(named(checks, "jupyter lab")).toMatchObject({ state: "ok", found: "4.6.6" });
  expect(asked).toContain("jupyter lab --version");
});

test.each([
  ["v18.20.0", "careful", /needs Node 20\.19/],
  ["v20.18.1", "careful", /needs Node 20\.19/],
  ["v20.19.0", "careful", /no fixes any more/],
  ["v22.1.0", "ok", null],
  ["v24.0.0", "ok", null],
])("node %s is %s", (version, state, advice) => {
  const check = checkNode(version);
  expect(check.state).toBe(state);
  if (advice === null) expect(check.advice).toBeNull();
  else expect(check.advice).toMatch(advice);
});

test("the posts' stacks are there with their versions, or it is said why not and what lacks", async () => {
  const packages = {
    flask: "3.1.2",
    starlette: "0.48.0",
    fastapi: "0.118.0",
    grpcio: "1.75.1",
    locust: "2.42.0",
  };
  const python = "/project/.venv/bin/python";
  const ready = await checkStacks(async () => ({ kind: "ready", python, version: "3.11.2", packages }));
  expect(ready).toMatchObject({
    state: "ok",
    found: "Python 3.11.2, Flask 3.1.2, Starlette 0.48.0, FastAPI 0.118.0, grpcio 1.75.1, Locust 2.42.0",
  });
  const missing = { kind: "missing", reason: "they are not set up here", advice: "run this" } as const;
  expect(await checkStacks(async () => missing)).toMatchObject({
    state: "missing",
    found: "they are not set up here",
    advice: expect.stringMatching(/cannot be measured beside the lab's: run this\.$/),
  });
});

test("a kernel that does not run says why", async () => {
  const check = await checkKernel(() => Promise.reject(new Error("zeromq is not built")));
  expect(check).toMatchObject({ state: "missing", found: "zeromq is not built" });
});

test("a port in use names who uses it", async () => {
  const checks = await checkPorts(async (port) =>
    port === 5000 ? { state: "used", by: "ControlCe (312)" } : { state: "refused", reason: "EACCES" },
  );
  expect(checks.map(({ name, found, state }) => [name, found, state])).toEqual([
    ["5000 (REST)", "used by ControlCe (312)", "careful"],
    ["50051 (gRPC)", "refused: EACCES", "careful"],
  ]);
  expect(checks[1]?.advice).toContain("--grpc-port 0");
});

test("a real port in use is seen, with this process as its user", async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const state = await portState(port);
  expect(state.state).toBe("used");
  if (process.platform === "linux") {
    expect(state).toEqual({ state: "used", by: expect.stringContaining(`(${process.pid})`) });
  }
  await new Promise((resolve) => server.close(resolve));
  expect(await portState(port)).toEqual({ state: "free" });
});

test("limits that are too low say what they stand in the way of", () => {
  const low = checkLimits({ openFiles: 256, cores: 1, memoryBytes: 1e9, diskFreeBytes: 1e8 });
  expect(low.map(({ state }) => state)).toEqual(["careful", "careful", "careful", "careful"]);
  const unknown = checkLimits({ openFiles: null, cores: 2, memoryBytes: 2e9, diskFreeBytes: null });
  expect(unknown.map(({ state }) => state)).toEqual(["ok", "ok", "ok", "ok"]);
  expect(
    checkLimits({ openFiles: "unlimited", cores: 2, memoryBytes: 2e9, diskFreeBytes: 1e9 })[0],
  ).toMatchObject({
    state: "ok",
    found: "unlimited",
  });
});

test("this machine's limits can be read, for a folder that is not there yet too", () => {
  const limits = readLimits({ memoryBytes: 1, runsFolder: "/nowhere/at/all" });
  expect(limits.diskFreeBytes).toBeGreaterThan(0);
  expect(limits.cores).toBeGreaterThan(0);
  if (process.platform !== "win32") expect(limits.openFiles).not.toBeNull();
});

test("proxy variables are named, their values are not", () => {
  const check = checkProxies({
    HTTP_PROXY: "http://me:secret@192.0.2.1",
    no_proxy: "",
    grpc_proxy: "x",
    HOME: "/",
  });
  expect(check).toMatchObject({ state: "careful", found: "HTTP_PROXY, grpc_proxy set" });
  expect(JSON.stringify(check)).not.toContain("secret");
  expect(checkProxies({ HOME: "/" }).state).toBe("ok");
});

test.each([
  [["127.0.0.1"], "ok", "leads to 127.0.0.1", null],
  [["::1", "127.0.0.1"], "careful", "leads to ::1, then 127.0.0.1", /wrong family/],
  [["::1"], "careful", "leads to ::1", /write that in place of localhost/],
  [[], "careful", "leads nowhere", /write that in place of localhost/],
])("localhost at %j is %s", async (addresses, state, found, advice) => {
  const check = await checkLocalhost(async () => addresses);
  expect(check).toMatchObject({ state, found });
  if (advice === null) expect(check.advice).toBeNull();
  else expect(check.advice).toMatch(advice);
});

test("a lookup that fails leads nowhere", async () => {
  expect(await checkLocalhost(() => Promise.reject(new Error("ENOTFOUND")))).toMatchObject({
    found: "leads nowhere",
  });
});

test("the clock's step is its smallest, whatever repeats", () => {
  expect(clockStepMs(fakeClock(0.25))).toBeCloseTo(0.25, 9);
  expect(checkClock(fakeClock(1))).toMatchObject({ state: "careful", found: "1.00\u202fms" });
  expect(checkClock(() => 5)).toMatchObject({ state: "careful", found: "stands still" });
});

test("a command's first line is found on either stream, and none where there is no command", async () => {
  const say = (program: string) => firstLine(process.execPath, ["-e", program]);
  expect(await say("console.error('noise'); console.log(' 1.2.3 ')")).toBe("1.2.3");
  expect(await say("console.error('wrk 4.1'); process.exit(1)")).toBe("wrk 4.1");
  expect(await say("process.exit(127)")).toBeNull();
  expect(await firstLine("/nowhere/at/all", [])).toBeNull();
});

test("a command that is not there leaves nothing that the process would wait for", async () => {
  const built = new URL("../../../dist/cli/doctor/system.js", import.meta.url).href;
  const script = `import { firstLine } from ${JSON.stringify(built)};
    await firstLine("/nowhere/at/all", []);
    console.log(JSON.stringify(process.getActiveResourcesInfo()));`;
  const left = await firstLine(process.execPath, ["--input-type=module", "--eval", script]);
  expect(JSON.parse(left ?? "")).not.toContain("Timeout");
});

test("the text has a heading a topic and the advice below its line", async () => {
  const text = checksText([
    { topic: "ports", name: "5000 (REST)", state: "ok", found: "free", advice: null },
    { topic: "limits", name: "cores", state: "careful", found: "1", advice: "Get another." },
  ]);
  expect(text).toBe(
    "ports\n  ok      5000 (REST)  free\n\nlimits\n  careful cores        1\n          Get another.",
  );
});
