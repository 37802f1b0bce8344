import { cpSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { freePort, occupyPort } from "../../hosts/testing/ports.js";
import { hasPython } from "../../hosts/testing/python.js";
import { projectRoot } from "../../root.js";
import { cli, startCli, temporaryFolder } from "../testing/cli.js";
import { loadSetting, plain, printedCommand, reportIn, runInShell } from "../testing/load-setting.js";

const locust = ["--engine", "locust"];
const short = ["-u", "4", "-r", "8", "-t", "2s", "--think", "20ms-40ms", "--seed", "3"];

describe.skipIf(!(await hasPython()))("wirelab load --engine locust", () => {
  test("has two workers make every call that the servers counted, and no other", async () => {
    const { servers, to, load } = await loadSetting();
    const { exitCode, stdout, stderr } = await load(...to, ...locust, ...short, "--workers", "2", "--json");
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("round 1 of 1"),
    });
    const { engine, workers, environment, leftOut, load: made, arms } = reportIn(stdout);
    expect({ engine, workers }).toEqual({ engine: "locust", workers: 2 });
    // Two mostly idle seconds are too short to know what a worker used where a thread of it ended.
    expect(leftOut.filter((part) => !/clients used.*threads ended/.test(part))).toEqual([]);
    expect(environment.python?.packages).toMatchObject({ locust: expect.any(String) });
    expect(made).toEqual({
      kind: "closed",
      users: 4,
      spawnPerSecond: 8,
      thinkMs: [20, 40],
      runTimeMs: 2000,
    });
    expect(
      arms.map(({ name, arm, requests, failed, users }) => [name, arm, requests, failed, users]),
    ).toEqual([
      ["rest", "locust-http", servers.rest.calls, 0, 4],
      ["grpc", "locust-grpc", servers.grpc.calls, 0, 4],
    ]);
    for (const { requests } of arms) expect(requests).toBeGreaterThan(20);
  });

  test("names the engine, what served, and the arm of the post that blocks", async () => {
    const { load } = await loadSetting();
    const asked = ["--arms", "locust-grpc-blocking", "-u", "2", "-t", "2s", "--warm-up", "0"];
    const { exitCode, stdout } = await load(...locust, ...asked);
    expect(exitCode).toBe(0);
    const text = plain(stdout);
    // Its one process was busy for two seconds: long enough even where a thread of it ended, which only ticks count.
    expect(text).toMatch(/^client CPU per call +[\d.]+ [mµ]s$/m);
    expect(text).toMatch(
      /^Called by Locust 2\.[\d.]+ on Python 3\.[\d.]+; served by @grpc\/grpc-js [\d.]+\.$/m,
    );
    expect(text).toMatch(/^metric +locust-grpc-blocking$/m);
    expect(text).toMatch(/^failed +0 \(0 %\)$/m);
  });

  test("prints what each other machine is to run, once for all rounds, and waits for it", async () => {
    const { servers, env, to } = await loadSetting();
    const master = ["--master", "--expect-workers", "2", "--master-port", `${await freePort()}`];
    const running = startCli(["load", ...to, ...locust, ...short, ...master, "--json"], { env });
    const command = printedCommand(await running.seen("stderr", /leave it to wait:\n.*\n/));
    const shells = [runInShell(command), runInShell(command)];
    const { exitCode, stdout, stderr } = await running.ended;
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stderr.match(/leave it to wait/g)).toHaveLength(1);
    const { arms, leftOut, workers } = reportIn(stdout);
    expect(arms.map(({ requests, failed }) => [requests, failed])).toEqual([
      [servers.rest.calls, 0],
      [servers.grpc.calls, 0],
    ]);
    // What the master itself used says nothing of them.
    expect(arms.map(({ clientBusy, clientCpuMsPerCall }) => [clientBusy, clientCpuMsPerCall])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(leftOut).toEqual([expect.stringContaining("what Locust's workers used is not known")]);
    expect(workers).toBe(2);
    expect(await Promise.all(shells)).toEqual([0, 0]);
    expect(running.left()).toEqual([]);
  });

  test("ends its waiting with Ctrl-C", async () => {
    const { env, toRest } = await loadSetting();
    const master = ["--master", "--expect-workers", "1", "--master-port", `${await freePort()}`];
    const running = startCli(["load", ...toRest, ...locust, ...master], { env });
    await running.seen("stderr", /leave it to wait:\n.*\n/);
    running.child.kill("SIGINT");
    const { exitCode, stdout } = await running.ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
    expect(running.left()).toEqual([]);
  });

  test("prints what there is and keeps every call when it is interrupted", async () => {
    const { servers, env, toRest } = await loadSetting();
    const args = ["-u", "4", "-t", "10min", "--think", "5ms", "--workers", "2", "--json"];
    const running = startCli(["load", ...toRest, ...locust, ...args], { env });
    await running.seen("stderr", /round 1 of 1, rest: .* calls\/s/);
    running.child.kill("SIGINT");
    const { exitCode, stdout } = await running.ended;
    const { status, arms } = reportIn(stdout);
    const [rest] = arms;
    expect({ exitCode, status }).toEqual({ exitCode: 130, status: "interrupted" });
    // The calls of the four users that were under way may not have reached the server.
    expect(Math.abs((rest?.requests ?? 0) - servers.rest.calls)).toBeLessThanOrEqual(4);
    expect(rest?.failed).toBe(rest?.errors.INTERRUPTED ?? 0);
    expect(running.left()).toEqual([]);
  });

  test("says that the master's port is taken, and what to do", async () => {
    const { toRest, load } = await loadSetting();
    const { port, release } = await occupyPort();
    onTestFinished(release);
    const master = ["--master", "--expect-workers", "1", "--master-port", `${port}`];
    const { exitCode, stdout, stderr } = await load(...toRest, ...locust, ...master);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(`Port ${port} of 127.0.0.1 is taken, so Locust's master cannot listen there`);
    expect(stderr).not.toContain("leave it to wait");
  });
});

test("where Python is not set up it says what to do, before anything is made", async () => {
  const project = await temporaryFolder();
  mkdirSync(join(project, "lib"));
  for (const part of ["bin", "dist", "package.json"]) {
    cpSync(join(projectRoot, "lib", part), join(project, "lib", part), { recursive: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(project, "node_modules"));
  const command = join(project, "lib", "bin", "wirelab.js");
  const { runs, env, toRest } = await loadSetting();
  const { exitCode, stdout, stderr } = await cli(["load", ...toRest, ...locust], { env, command });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(
    /^Locust comes with the posts' own stacks in Python, and they are not set up here: run `npm run setup:python`/m,
  );
  expect(existsSync(runs)).toBe(false);
});

test("what Locust cannot do is bad usage", async () => {
  const { toRest, runs, load } = await loadSetting();
  const { exitCode, stdout, stderr } = await load(...toRest, ...locust, "--rate", "10");
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("Locust has users, and no calls that are due");
  expect(existsSync(runs)).toBe(false);
});
