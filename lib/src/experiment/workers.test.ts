import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type CallingArm, newAnswer } from "../arms/arm.js";
import { findOwnArm, findWorkload } from "../arms/registry.js";
import { startChild } from "../hosts/child.js";
import { cpuMsBetween, type ProcessUsage, readProcessUsage } from "../hosts/process-usage.js";
import { connectionEnd, portsOf } from "../hosts/testing/ports.js";
import { openRun } from "../record/run.js";
import { measure } from "./measure.js";

const linux = process.platform === "linux";

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  return text === "" ? [] : text.split(" ").map(Number);
}

function usageOf(pid: number): ProcessUsage {
  const usage = readProcessUsage(pid);
  if ("missing" in usage) throw new Error(usage.missing);
  return usage;
}

/** Processor time of each of these processes while `work` goes on, in ms. */
async function usedMs(pids: readonly number[], work: () => Promise<void>): Promise<number[]> {
  const before = pids.map(usageOf);
  await work();
  return pids.map((pid, i) => cpuMsBetween(before[i] as ProcessUsage, usageOf(pid)) as number);
}

test.skipIf(!linux).each(["rest", "grpc-own-connection"])(
  "two connections of %s have a worker each, whose time is the server's",
  async (arm) => {
    const host = await startChild({ workers: 2, works: ["factorial"] });
    onTestFinished(() => host.stop());
    const server = host.pids.rest as number;
    const workers = childrenOf(server);
    expect(workers).toHaveLength(2);
    const open = findOwnArm(arm).open({
      workload: findWorkload("factorial", { size: 100_000 }),
      endpoints: host.endpoints,
      callers: 2,
      timeoutMs: 60_000,
      nextConnectionId: () => 0,
    }) as CallingArm<unknown, unknown>;
    onTestFinished(() => open.close());
    const call = async (caller: number) => {
      const answer = newAnswer<unknown>();
      await open.callers[caller]?.call(100_000, answer);
      expect(answer.ok).toBe(true);
    };
    const busy: number[] = [];
    for (const caller of [0, 1]) {
      await call(caller);
      const [all = 0, ...each] = await usedMs([server, ...workers], async () => {
        for (let repeat = 0; repeat < 3; repeat++) await call(caller);
      });
      const most = Math.max(...each);
      busy.push(each.indexOf(most));
      expect(most).toBeGreaterThan(5 * Math.min(...each));
      // Read a moment before the worker itself.
      expect(all).toBeGreaterThan(0.9 * most);
    }
    expect(busy.toSorted()).toEqual([0, 1]);
  },
);

test.skipIf(!linux)("a worker's death is the server's, and stopping leaves none", async () => {
  const dying = await startChild({ workers: 2, works: ["increment"] });
  process.kill(childrenOf(dying.pids.rest as number)[0] as number, "SIGKILL");
  expect(await dying.died).toEqual({
    exitCode: 1,
    signal: null,
    lastWords: "A worker of the server ended (killed by SIGKILL), and the server with it.",
  });
  const stopped = await startChild({ workers: 3, works: ["increment"] });
  const workers = childrenOf(stopped.pids.rest as number);
  expect(workers).toHaveLength(3);
  await stopped.stop();
  for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
});

test("a parent killed with -9 takes all workers along", async () => {
  const built = new URL("../../dist/hosts/child.js", import.meta.url).href;
  const parent = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `import { startChild } from ${JSON.stringify(built)};
       console.log(JSON.stringify((await startChild({ workers: 2, works: ["increment"] })).endpoints));`,
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
  const [restPort] = portsOf(JSON.parse(line));
  // An answer on each says that a worker has it, and no longer the process that hands connections out.
  const sockets = [connect(restPort, "127.0.0.1"), connect(restPort, "127.0.0.1")];
  for (const socket of sockets) {
    socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    await once(socket, "data");
  }
  const closed = sockets.map(connectionEnd);
  parent.kill("SIGKILL");
  await Promise.all(closed);
});

test("a run of one worker and two says so, pins nothing, and finds a planted delay in both", async () => {
  const runsFolder = mkdtempSync(join(tmpdir(), "wirelab-workers-"));
  onTestFinished(() => rmSync(runsFolder, { recursive: true, force: true }));
  const delayUs = 20_000;
  const rest = { arm: "rest", callers: 2 };
  const run = await measure({
    arms: [
      { ...rest, name: "rest" },
      { ...rest, name: "rest-2-workers", server: 1, workers: 2 },
      { ...rest, name: "delayed", server: 1, workers: 2, plantedDelayUs: delayUs },
    ],
    ...{ pairs: 1, blocks: 1, warmupBlocks: 1, primeCalls: 0, callsPerRound: 8 },
    processors: "shared",
    runsFolder,
  });
  const { info } = await openRun(run.folder as string);
  expect(info.servers).toEqual([
    { server: 0, program: "node", protocols: ["rest"], workers: 1, tls: false },
    { server: 1, program: "node", protocols: ["rest"], workers: 2, tls: false },
  ]);
  expect(info.processors).toBeNull();
  expect(info.leftOut).toEqual([
    "client and server were to share one processor, and a server of several workers is left to the system",
  ]);
  const { arm, armNames, durationMs, ok, length } = await run.calls();
  for (let i = 0; i < length; i++) {
    expect(ok[i]).toBe(1);
    if (armNames[arm[i] as number] === "delayed") {
      expect(durationMs[i]).toBeGreaterThanOrEqual(delayUs / 1000);
    }
  }
});
