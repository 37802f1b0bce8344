import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { hasTaskset } from "../processor.js";
import { programs as facts, pythonPrograms } from "../program.js";
import { stopAll } from "../running.js";
import { connectionEnd, occupyPort } from "../testing/ports.js";
import { hasPython } from "../testing/python.js";
import { requirePython } from "./find.js";
import { type PythonHost, startPythonServer } from "./server.js";
import { spawnPython } from "./spawn.js";

afterEach(() => stopAll());

// What the other ways of running Flask have, the slowest has as well.
const ways: readonly string[] = ["flask-debug", "flask-terminal", "flask-unthreaded"];
const programs = pythonPrograms.filter((name) => !ways.includes(name));
const served = { works: ["increment"] };

/** Where it listens, whichever protocol it serves. */
function portOf({ endpoints: { restUrl, grpcAddress } }: PythonHost): number {
  return Number(new URL(restUrl ?? `http://${grpcAddress}`).port);
}

async function openConnection(host: PythonHost) {
  const socket = connect(portOf(host), "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

function pidOf({ pids }: PythonHost): number {
  if (pids.rest === null) throw new Error("no pid");
  return pids.rest;
}

function increment({ endpoints: { restUrl } }: PythonHost): Promise<Response> {
  const headers = { "content-type": "application/json" };
  return fetch(`${restUrl}/increment`, { method: "POST", headers, body: '{"value":41}' });
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, "utf8");
  return text.trim().split(" ").filter(Boolean).map(Number);
}

/** What the system calls them by; Python has a helper beside its workers. */
async function workersOf(host: PythonHost): Promise<number[]> {
  const children = await childrenOf(pidOf(host));
  const commands = await Promise.all(children.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8")));
  return children.filter((_, index) => commands[index]?.includes("spawn_main"));
}

describe.skipIf(!(await hasPython())).each(programs)("%s", (program) => {
  test("listens as its one protocol, and goes when it is stopped", async () => {
    const host = await startPythonServer(program, served);
    const { restUrl, grpcAddress } = host.endpoints;
    expect(host.kind).toBe("child");
    expect([restUrl, grpcAddress].filter((address) => address !== null)).toHaveLength(1);
    expect(restUrl !== null).toBe(facts[program].serves[0] === "rest");
    const closed = connectionEnd(await openConnection(host));
    await Promise.all([host.stop(), host.stop()]);
    await closed;
    expect(() => process.kill(pidOf(host), 0)).toThrow(/ESRCH/);
    // Whoever asks after its end is told of it.
    await expect(host.count()).rejects.toThrow(/did not say how many calls/);
  });

  test("takes the port that it is given, and says when it is in use", async () => {
    const taken = await occupyPort();
    const error = await startPythonServer(program, { ...served, port: taken.port }).catch((caught) => caught);
    await taken.release();
    const protocol = facts[program].serves[0] === "rest" ? "REST" : "gRPC";
    expect(error).toMatchObject({
      code: "port-in-use",
      message: `Port ${taken.port} on 127.0.0.1 is in use, so the ${protocol} server can't listen there: end what uses it, or choose another ${protocol} port (0 is any free one).`,
    });
    const host = await startPythonServer(program, { ...served, port: taken.port });
    expect(portOf(host)).toBe(taken.port);
  });

  test("killed with -9, it is told of", async () => {
    const host = await startPythonServer(program, served);
    process.kill(pidOf(host), "SIGKILL");
    const lastWords = expect.stringMatching(/^ ?(\* Debugger is active!)?$/);
    expect(await host.died).toEqual({ exitCode: null, signal: "SIGKILL", lastWords });
  });

  test("ends with its parent, killed with -9", async () => {
    const built = new URL("../../../dist/hosts/python/server.js", import.meta.url).href;
    const script = `import { startPythonServer } from ${JSON.stringify(built)};
      const { endpoints } = await startPythonServer(${JSON.stringify(program)}, { works: ["increment"] });
      console.log(endpoints.restUrl ?? endpoints.grpcAddress);`;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [line] = (await once(parent.stdout.setEncoding("utf8"), "data")) as [string];
    const port = Number(line.trim().split(":").at(-1));
    const socket = connect(port, "127.0.0.1");
    await once(socket, "connect");
    const closed = connectionEnd(socket);
    parent.kill("SIGKILL");
    await closed;
  });

  test("says what it cannot serve", async () => {
    await expect(startPythonServer(program, { works: ["classify"] })).rejects.toMatchObject({
      code: "usage",
      message: 'There is no work "classify"; choose from increment, add, image, payload, factorial.',
    });
  });
});

const rest = programs.filter((program) => facts[program].serves[0] === "rest");

describe.skipIf(!(await hasPython()))("a Python server", () => {
  test.each(rest)("of %s is delayed by what is planted in it, until it is taken out", async (program) => {
    const host = await startPythonServer(program, served);
    await (await increment(host)).text();
    const delayMs = 40;
    await host.plantDelay(delayMs * 1000);
    const began = performance.now();
    await (await increment(host)).text();
    expect(performance.now() - began).toBeGreaterThanOrEqual(delayMs);
    await host.plantDelay(0);
    // Without the delay some of these is faster, however busy the machine.
    const timesMs: number[] = [];
    for (let call = 0; call < 20; call++) {
      const from = performance.now();
      await (await increment(host)).text();
      timesMs.push(performance.now() - from);
    }
    expect(Math.min(...timesMs)).toBeLessThan(delayMs);
    expect(await host.count()).toBe(22);
  });

  test.each(rest)("of %s counts calls that come at once", async (program) => {
    const host = await startPythonServer(program, served);
    const calls = 300;
    const answers = await Promise.all(Array.from({ length: calls }, () => increment(host)));
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await host.count()).toBe(calls);
  });

  test("ends when it is asked what it does not understand, since nobody could end it then", async () => {
    const args = ["--program", "flask", "--port", "0", "--works", "increment"];
    const child = spawnPython(await requirePython(), { module: "serving", args, processor: null });
    await once(child.stdout, "data");
    child.stdin.write("no request\n");
    const [exitCode] = await once(child, "close");
    expect(exitCode).toBe(1);
  });

  test.skipIf(!hasTaskset())("runs on the processor that it is pinned to", async () => {
    const host = await startPythonServer("flask", { ...served, processor: 0 });
    expect(await readFile(`/proc/${pidOf(host)}/status`, "utf8")).toMatch(/^Cpus_allowed_list:\s*0$/m);
  });

  test.skipIf(!hasTaskset())("that fails to start shows what it said", async () => {
    await expect(startPythonServer("flask", { ...served, processor: 4000 })).rejects.toThrow(
      /child process \(flask\) ended before it listened \(exit status 1; it said: taskset: .*-m serving --program flask/s,
    );
  });

  test("has no proxy and nothing else of this process's Python in its environment", async () => {
    const dirty = { PYTHONPATH: "/nowhere", https_proxy: "http://127.0.0.1:9" };
    Object.assign(process.env, dirty);
    try {
      const host = await startPythonServer("flask", served);
      const seen = await readFile(`/proc/${pidOf(host)}/environ`, "utf8");
      expect(seen).not.toMatch(/PYTHONPATH|https_proxy/);
    } finally {
      for (const name of Object.keys(dirty)) delete process.env[name];
    }
  });

  test("that takes too long to start is ended", async () => {
    await expect(startPythonServer("fastapi", { ...served, startTimeoutMs: 1 })).rejects.toThrow(
      /child process \(fastapi\) did not begin to listen within 1 ms/,
    );
  });

  test("that cannot have workers says so", async () => {
    await expect(startPythonServer("flask", { ...served, workers: 2 })).rejects.toMatchObject({
      code: "usage",
      message: "flask serves from one process: only programs under uvicorn have workers.",
    });
  });
});

describe.skipIf(!(await hasPython()) || process.platform !== "linux").each(["starlette", "fastapi"] as const)(
  "%s with workers",
  (program) => {
    test("counts the calls of all, and plants a delay in all", async () => {
      const host = await startPythonServer(program, { ...served, workers: 2 });
      expect(await workersOf(host)).toHaveLength(2);
      const delayMs = 30;
      await host.plantDelay(delayMs * 1000);
      const calls = 40;
      for (let call = 0; call < calls; call++) {
        const began = performance.now();
        // A connection of its own, so that the system chooses a worker anew.
        await once(fetchOnce(portOf(host)), "close");
        expect(performance.now() - began).toBeGreaterThanOrEqual(delayMs);
      }
      expect(await host.count()).toBe(calls);
      const workers = await workersOf(host);
      await host.stop();
      for (const pid of workers) expect(await isGone(pid)).toBe(true);
    });

    test("ends with a worker that ends, and says so", async () => {
      const host = await startPythonServer(program, { ...served, workers: 2 });
      const [first = 0, second = 0] = await workersOf(host);
      process.kill(first, "SIGKILL");
      expect(await host.died).toEqual({
        exitCode: 1,
        signal: null,
        lastWords: "A worker of the server ended (exit status -9), and the server with it.",
      });
      expect(await isGone(second)).toBe(true);
    });

    test("killed with -9, it takes its workers along", async () => {
      const host = await startPythonServer(program, { ...served, workers: 2 });
      const sockets = await Promise.all(Array.from({ length: 4 }, () => openConnection(host)));
      const closed = Promise.all(sockets.map(connectionEnd));
      process.kill(pidOf(host), "SIGKILL");
      await closed;
      expect(await host.died).toMatchObject({ signal: "SIGKILL" });
    });
  },
);

/** Increments over a connection that the server closes. */
function fetchOnce(port: number) {
  const body = '{"value":41}';
  const socket = connect(port, "127.0.0.1");
  socket.resume();
  socket.write(
    `POST /increment HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  return socket;
}

/** Whether that process has ended, collected or not. */
async function isGone(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  return stat === "" || /^\d+ \(.*\) Z/.test(stat);
}
