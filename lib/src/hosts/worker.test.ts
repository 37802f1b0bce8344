import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { stopAll } from "./running.js";
import { startWorker } from "./worker.js";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "wirelab-worker-"));
});
afterEach(() => stopAll());
afterAll(() => rm(folder, { recursive: true }));

async function script(name: string, text: string): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  await writeFile(path, `import { parentPort } from "node:worker_threads";\n${text}`);
  return path;
}

const listening =
  'parentPort.postMessage({ type: "listening", restUrl: "http://127.0.0.1:1", grpcAddress: "127.0.0.1:2" });';

test("a thread that throws is told of, with its message", async () => {
  const path = await script(
    "throws",
    `${listening} setImmediate(() => { throw new Error("no such luck"); });`,
  );
  const host = await startWorker({}, path);
  expect(await host.died).toEqual({ exitCode: 1, signal: null, lastWords: "no such luck" });
  await host.stop();
});

test("a thread that throws before it listens fails the start with what it said", async () => {
  const path = await script("throws-early", 'throw new Error("no such luck");');
  await expect(startWorker({}, path)).rejects.toThrow(
    /worker thread ended before it listened.*no such luck/s,
  );
});

test("a thread that never listens fails the start in time, and one that spins is ended", async () => {
  const silent = await script("silent", "setInterval(() => {}, 1000);");
  await expect(startWorker({ startTimeoutMs: 200 }, silent)).rejects.toThrow(/within 200 ms/);
  const host = await startWorker({}, await script("spins", `${listening} for (;;);`));
  await host.stop();
});
