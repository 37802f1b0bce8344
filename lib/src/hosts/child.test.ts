import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { startChild } from "./child.js";
import { hasTaskset } from "./processor.js";
import { stopAll } from "./running.js";
import { connectionEnd, portsOf } from "./testing/ports.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wirelab-child-"));
});
afterEach(() => stopAll());
afterAll(() => rm(folder, { recursive: true }));

/** A script in place of the server, to see what a child that misbehaves leads to. */
async function script(name: string, text: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, text);
  return path;
}

const listening = `process.on("disconnect", () => process.exit());
process.send({ type: "listening", restUrl: "http://127.0.0.1:1", grpcAddress: "127.0.0.1:2" });`;

test("a child killed with -9 is told of", async () => {
  const host = await startChild();
  if (host.pids.rest === null) throw new Error("no pid");
  process.kill(host.pids.rest, "SIGKILL");
  expect(await host.died).toEqual({ exitCode: null, signal: "SIGKILL", lastWords: "" });
  await host.stop();
});

test("the last lines that a dying child wrote are kept, and no more", async () => {
  const path = await script(
    "dies",
    `${listening}
     for (let line = 1; line <= 50; line++) console.error("line " + line);
     process.exitCode = 3;
     process.disconnect();`,
  );
  const { exitCode, signal, lastWords } = await (await startChild({}, path)).died;
  expect({ exitCode, signal }).toEqual({ exitCode: 3, signal: null });
  expect(lastWords.split("\n")).toEqual(Array.from({ length: 20 }, (_, index) => `line ${index + 31}`));
});

test("a child that throws before it listens fails the start with what it said", async () => {
  const path = await script("throws", 'throw new Error("no such luck");');
  await expect(startChild({}, path)).rejects.toThrow(/ended before it listened.*no such luck/s);
});

test("a child that never listens fails the start in time and is gone", async () => {
  const path = await script(
    "silent",
    'process.on("disconnect", () => process.exit()); process.title = "silent";',
  );
  await expect(startChild({ startTimeoutMs: 200 }, path)).rejects.toThrow(
    /did not begin to listen within 200 ms/,
  );
});

test("a child that does not let go is killed", async () => {
  const path = await script(
    "deaf",
    `${listening.replace("process.exit()", "{}")} setInterval(() => {}, 1000);`,
  );
  const host = await startChild({}, path);
  await host.stop();
  expect(() => process.kill(host.pids.rest ?? 0, 0)).toThrow(/ESRCH/);
});

test("a child that stops when asked has not died", async () => {
  const host = await startChild();
  await host.stop();
  const first = await Promise.race([host.died, Promise.resolve("nothing")]);
  expect(first).toBe("nothing");
});

test("a child's environment is clean, whatever this process was started with", async () => {
  const path = await script(
    "environment",
    `import { writeFileSync } from "node:fs";
     const { argv, env, execArgv } = process;
     writeFileSync(${JSON.stringify(join(folder, "seen.json"))}, JSON.stringify({ argv: argv.slice(2), env, execArgv }));
     ${listening}`,
  );
  const dirty = {
    https_proxy: "http://127.0.0.1:9",
    NO_PROXY: "*",
    NODE_OPTIONS: "--no-warnings",
    WIRELAB_KEPT: "1",
  };
  Object.assign(process.env, dirty);
  try {
    await startChild({}, path);
  } finally {
    for (const name of Object.keys(dirty)) delete process.env[name];
  }
  const { argv, env, execArgv } = JSON.parse(await readFile(join(folder, "seen.json"), "utf8"));
  expect(argv).toEqual(["--rest-port", "0", "--grpc-port", "0"]);
  expect(execArgv).toEqual([]);
  expect(env).toMatchObject({ WIRELAB_KEPT: "1", NODE_ENV: "production" });
  expect(Object.keys(env).filter((name) => /_proxy$|^NODE_OPTIONS$/i.test(name))).toEqual([]);
});

test.skipIf(!hasTaskset() && process.env.WIRELAB_REQUIRE_ALL !== "1")(
  "a pinned child runs on that processor, and its IPC channel works",
  async () => {
    const host = await startChild({ processor: 0 });
    const state = await readFile(`/proc/${host.pids.rest}/status`, "utf8");
    expect(state).toMatch(/^Cpus_allowed_list:\s*0$/m);
    expect((await fetch(`${host.endpoints.restUrl}/healthz`)).status).toBe(200);
    await host.stop();
  },
);

test.skipIf(!hasTaskset() && process.env.WIRELAB_REQUIRE_ALL !== "1")(
  "a processor that isn't there fails the start with what taskset says",
  async () => {
    await expect(startChild({ processor: 4000 })).rejects.toThrow(/ended before it listened.*taskset/s);
  },
);

test("a parent killed with -9 takes the child along", async () => {
  const built = new URL("../../dist/hosts/child.js", import.meta.url).href;
  const parent = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { startChild } from ${JSON.stringify(built)};
       console.log(JSON.stringify((await startChild()).endpoints));`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
  const sockets = portsOf(JSON.parse(line)).map((port) => connect(port, "127.0.0.1"));
  await Promise.all(sockets.map((socket) => once(socket, "connect")));
  // The sockets are the child's: they close when it goes, whoever collects it as a zombie.
  const closed = sockets.map(connectionEnd);
  parent.kill("SIGKILL");
  await Promise.all(closed);
});
