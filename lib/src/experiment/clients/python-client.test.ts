import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { summarise } from "../../analysis/summarise.js";
import { describeImage } from "../../arms/works/input-file.js";
import {
  type FaultOptions,
  type FaultyServers,
  startFaultyServers,
} from "../../hosts/testing/faulty-servers.js";
import { findPythonForTests } from "../../hosts/testing/python.js";
import { openRun, type Run } from "../../record/run.js";
import { projectRoot } from "../../root.js";
import { closedLoad } from "../../schedule/load-choice.js";
import { type MeasureOptions, measure } from "../measure.js";

const python = await findPythonForTests();

let runsFolder: string;
let servers: FaultyServers | null = null;
beforeEach(() => {
  runsFolder = mkdtempSync(join(tmpdir(), "wirelab-python-"));
});
afterEach(async () => {
  await servers?.close();
  servers = null;
  rmSync(runsFolder, { recursive: true, force: true });
});

const restArms = ["requests", "requests-session", "httpx"];
const grpcArms = ["grpcio", "grpcio-stream"];
const small = { pairs: 1, blocks: 2, warmupBlocks: 1, callsPerRound: 20, seed: 7 };
const run = (options: Partial<MeasureOptions>) => measure({ arms: [], ...small, runsFolder, ...options });

/** Calls servers that go wrong as told; gives the run, also one that failed, and what the servers saw of calls. */
async function runAgainst(
  fault: FaultOptions,
  { primed = false, ...options }: Partial<MeasureOptions> & { readonly primed?: boolean },
): Promise<{ readonly run: Run; readonly seen: FaultyServers }> {
  const seen = await startFaultyServers(fault);
  servers = seen;
  const remote = { host: "remote", remote: seen.endpoints } as const;
  const plan = primed ? options : { warmupBlocks: 0, ...options };
  const ran = await run({ ...remote, ...plan }).catch((error: Error) => {
    const folder = /are in (\S+); /.exec(error.message)?.[1];
    if (folder === undefined) throw error;
    return openRun(folder);
  });
  return { run: ran, seen };
}

/** How often each error was recorded; "" is none. */
async function errorsOf(run: Run): Promise<Record<string, number>> {
  const { error, errorCodes } = await run.calls();
  const counts: Record<string, number> = {};
  for (const code of error) {
    const name = errorCodes[code] as string;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe.skipIf(python === null)("Python's clients in a run", () => {
  it("record what the servers count, on the connections that each is known for", async () => {
    for (const [arm, connections] of [
      ["requests", 60],
      ["requests-session", 1],
      ["httpx", 1],
    ] as const) {
      const { run, seen } = await runAgainst({ fault: "none" }, { arms: [arm], warmupBlocks: 1 });
      // One more to see whether somebody is there.
      expect([arm, seen.rest]).toEqual([arm, { calls: 60, connections: connections + 1 }]);
      expect(await errorsOf(run)).toEqual({ "": 60 });
      await seen.close();
    }
    const { run, seen } = await runAgainst({ fault: "none" }, { arms: grpcArms, warmupBlocks: 1 });
    expect(seen.grpc).toEqual({ calls: 120, connections: 2 + 1 });
    expect(await errorsOf(run)).toEqual({ "": 120 });
  });

  it("take turns with the clients of TypeScript, on one clock", async () => {
    const measured = await run({
      arms: ["function", "rest", "grpc", "python-function", ...restArms, ...grpcArms],
    });
    const { length, startMs, durationMs, calls, armNames, arm, ok, index } = await measured.calls();
    expect([measured.info.status, length]).toEqual(["finished", 3 * (2 + 7 * 20)]);
    for (let row = 0; row < length; row++) {
      const batch = armNames[arm[row] as number]?.endsWith("function");
      expect([ok[row], calls[row]]).toEqual([1, batch ? 10_000 : 1]);
      if (row === 0) continue;
      const before = row - 1;
      const end = (startMs[before] as number) + (durationMs[before] as number) * (calls[before] as number);
      expect(startMs[row], `call ${index[row]} of ${armNames[arm[row] as number]}`).toBeGreaterThan(end);
    }
    const order = measured.info.order[0]?.flat();
    const seen = Array.from(arm, (one) => armNames[one]).filter((name, row, all) => name !== all[row - 1]);
    expect(seen).toEqual(order);
  });

  it.each([
    ["add", {}, 3],
    ["image", {}, 4],
    ["payload", { size: 1000 }, 3],
    ["factorial", { size: 1000 }, 3],
  ])("know the work %s and check its answers", async (work, options, least) => {
    const arms = [...restArms, "grpcio"];
    const measured = await run({ work, arms, callsPerRound: 5, ...options });
    expect(await errorsOf(measured)).toEqual({ "": arms.length * 3 * 5 });
    const { bytesSent, bytesReceived, serverMs, status, armNames, arm } = await measured.calls();
    expect(Math.min(...bytesSent)).toBeGreaterThanOrEqual(least);
    expect(Math.min(...bytesReceived)).toBeGreaterThan(1);
    expect(serverMs.every((ms) => ms > 0)).toBe(work === "factorial");
    status.forEach((one, row) => {
      expect(one).toBe(armNames[arm[row] as number] === "grpcio" ? 0 : 200);
    });
  });

  it("send as much of the photo as the other clients do", async () => {
    const arms = ["rest", "httpx", "grpcio"];
    const measured = await run({ work: "image", arms, size: 5000, callsPerRound: 1, warmupBlocks: 0 });
    expect(await errorsOf(measured)).toEqual({ "": arms.length * 2 });
    const { bytesSent } = await measured.calls();
    // Of a message the field's head is sent as well.
    expect([...bytesSent].sort()).toEqual([5000, 5000, 5000, 5000, 5003, 5003]);
  });

  it("send the image that they are given, and none that has changed since", async () => {
    const path = join(runsFolder, "photo.jpg");
    copyFileSync(join(projectRoot, "data", "images", "photo.jpg"), path);
    const input = { ...describeImage(path), answer: "1 × 1 pixels in 1 bytes" };
    const options = { work: "image", arms: ["httpx"], callsPerRound: 2, warmupBlocks: 0, input };
    expect(await errorsOf(await run(options))).toEqual({ WRONG_ANSWER: 4 });
    writeFileSync(path, "another");
    await expect(run(options)).rejects.toThrow(/has changed since/);
  });

  it.each([
    ...["requests-session", "httpx"].flatMap((arm) => [
      [arm, "wrong-number", "WRONG_ANSWER", 200] as const,
      [arm, "garbage", "BAD_BODY", 200] as const,
      [arm, "error-status", "HTTP_500", 500] as const,
      [arm, "hang", "TIMEOUT", -1] as const,
    ]),
    ["requests", "hang", "TIMEOUT", -1],
    ["requests-session", "reset", "ECONNRESET", -1],
    ["httpx", "reset", "ECONNRESET", -1],
    ["grpcio", "wrong-number", "WRONG_ANSWER", 0],
    ["grpcio", "garbage", "INTERNAL", 13],
    ["grpcio", "error-status", "INTERNAL", 13],
    ["grpcio", "hang", "TIMEOUT", -1],
    ["grpcio", "reset", "UNAVAILABLE", 14],
    ["grpcio-stream", "wrong-number", "WRONG_ANSWER", -1],
    ["grpcio-stream", "garbage", "INTERNAL", 13],
    ["grpcio-stream", "error-status", "INTERNAL", 13],
    ["grpcio-stream", "hang", "TIMEOUT", -1],
    ["grpcio-stream", "reset", "UNAVAILABLE", 14],
  ] as const)("%s tells a server that answers with %s as %s", async (arm, fault, code, wanted) => {
    const options = { arms: [arm], failuresInARow: 3, timeoutMs: 250 };
    const { run, seen } = await runAgainst({ fault, afterCalls: 30 }, options);
    expect(await errorsOf(run)).toEqual({ "": 30, [code]: 3 });
    expect(run.info).toMatchObject({
      status: "failed",
      reason: expect.stringMatching(`^3 calls of ${arm} in a row failed, the last with ${code}`),
    });
    // A channel whose connection is lost refuses calls by itself until it has another.
    expect(seen.rest.calls + seen.grpc.calls).toBeGreaterThanOrEqual(fault === "reset" ? 31 : 33);
    expect(seen.rest.calls + seen.grpc.calls).toBeLessThanOrEqual(33);
    const { status, ok, bytesSent, durationMs } = await run.calls();
    for (let row = 0; row < ok.length; row++) {
      if (ok[row] === 1) continue;
      expect(status[row]).toBe(wanted);
      expect(bytesSent[row]).toBeGreaterThan(0);
      if (code === "TIMEOUT") expect(durationMs[row]).toBeGreaterThanOrEqual(250);
    }
  });

  it.each([
    ["requests-session", ["ECONNRESET", "ECONNREFUSED"]],
    ["httpx", ["RemoteProtocolError", "ECONNREFUSED"]],
    ["grpcio", ["UNAVAILABLE"]],
    ["grpcio-stream", ["UNAVAILABLE"]],
  ])("%s keeps the calls before a server that dies in mid-chain", async (arm, codes) => {
    const { run } = await runAgainst({ fault: "die", afterCalls: 30 }, { arms: [arm], timeoutMs: 2000 });
    const { "": right, ...failed } = await errorsOf(run);
    expect([right, Object.values(failed).reduce((sum, count) => sum + count, 0)]).toEqual([30, 5]);
    expect(Object.keys(failed)).toEqual(codes);
  });

  it("go on from the last right answer, and count what failed on the way", async () => {
    const { run } = await runAgainst(
      { fault: "wrong-number", afterCalls: 10 },
      { arms: ["requests-session"], callsPerRound: 20, blocks: 1, failuresInARow: 100 },
    );
    expect([run.info.status, await errorsOf(run)]).toEqual(["finished", { "": 10, WRONG_ANSWER: 10 }]);
    const [summary] = await summarise(run);
    expect(summary).toMatchObject({ failed: 10, errorRate: 0.5 });
  });

  it.each([...restArms, ...grpcArms])(
    "an interrupt ends the call of %s that is under way, and keeps all of them",
    async (arm) => {
      const seen = await startFaultyServers({ fault: "hang", afterCalls: 30 });
      servers = seen;
      const controller = new AbortController();
      const count = () => seen.rest.calls + seen.grpc.calls;
      const watching = setInterval(() => count() === 31 && controller.abort(), 1);
      const remote = { host: "remote", remote: seen.endpoints } as const;
      const options = { ...remote, arms: [arm], warmupBlocks: 0, timeoutMs: 60_000 };
      const failure = await run({ ...options, signal: controller.signal }).catch((error) => error);
      clearInterval(watching);
      expect(failure.code).toBe("interrupted");
      const kept = await openRun(/are in (\S+); /.exec(failure.message)?.[1] as string);
      expect(await errorsOf(kept)).toEqual({ "": 30, INTERRUPTED: 1 });
    },
  );

  it("prime with one caller on a connection of its own", async () => {
    const { seen } = await runAgainst(
      { fault: "none" },
      { arms: ["requests-session", "grpcio"], warmupBlocks: 2, primeCalls: 100, blocks: 1, primed: true },
    );
    expect(seen.rest).toEqual({ calls: 20 + 100 + 20, connections: 1 + 1 + 1 });
    expect(seen.grpc).toEqual({ calls: 20 + 100 + 20, connections: 1 + 1 + 1 });
  });

  it("make no loads, and do not encrypt", async () => {
    const load = closedLoad({ users: 2, runTimeMs: 1000 });
    await expect(run({ arms: ["requests"], load })).rejects.toThrow(/take one of Locust's arms/);
    await expect(run({ arms: ["rest", "requests"], tls: true })).rejects.toThrow(
      "requests (requests) calls in the clear: take servers that do not encrypt.",
    );
  });
});
