import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServers } from "@wirelab/servers";
import { expect, onTestFinished, test } from "vitest";
import { startCli, temporaryFolder } from "../testing/cli.js";
import { loadSetting, plain, reportIn } from "../testing/load-setting.js";

test("every call of the table is one that the servers counted, and the JSON says what was asked", async () => {
  const { servers, runs, to, load } = await loadSetting();
  const asked = ["-u", "4", "-r", "20", "-t", "1s", "--think", "20ms-40ms", "--seed", "3"];
  const { exitCode, stdout, stderr } = await load(...to, ...asked, "--json");
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/^The load needs /),
  });
  const report = reportIn(stdout);
  const { format, status, host, engine, load: made, warmUpCalls, rounds, seed, arms } = report;
  expect({ format, status, host, engine, warmUpCalls, rounds, seed }).toEqual({
    ...{ format: "wirelab-load/1", status: "finished", host: "remote", engine: "embedded" },
    ...{ warmUpCalls: 0, rounds: 1, seed: 3 },
  });
  expect(made).toEqual({ kind: "closed", users: 4, spawnPerSecond: 20, thinkMs: [20, 40], runTimeMs: 1000 });
  expect(arms.map(({ name, requests, failed, users }) => [name, requests, failed, users])).toEqual([
    ["rest", servers.rest.calls, 0, 4],
    ["grpc", servers.grpc.calls, 0, 4],
  ]);
  for (const { p50Ms, requestsPerSecond, requests } of arms) {
    expect(p50Ms?.value).toBeGreaterThan(0);
    expect(requestsPerSecond?.value).toBeLessThanOrEqual(requests);
  }
  expect(report.run).toBe(join(runs, readdirSync(runs)[0] as string));
  expect(report.ratios).toEqual([]);
});

test("without addresses it starts a server for each arm, warms up, and compares the arms where there are rounds", async () => {
  const { runs, env } = await loadSetting();
  const asked = [
    "--work",
    "payload",
    "--size",
    "1000",
    "-u",
    "3",
    "-t",
    "500ms",
    "--rounds",
    "2",
    "--server-workers",
    "2",
  ];
  const running = startCli(["load", ...asked, "--warm-up", "40"], { env });
  const { exitCode, stdout, stderr } = await running.ended;
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("warming up") });
  const text = plain(stdout);
  expect(text).toMatch(
    /^payload of size 1 000: 3 users, all at once, without a pause, for 500 ms; 2 rounds of each arm$/m,
  );
  expect(text).toMatch(
    /^Called by wirelab [\d.]+ on Node [\d.]+; served by express [\d.]+ in 2 processes, @grpc\/grpc-js [\d.]+ in 2 processes\.$/m,
  );
  expect(text).toMatch(/^metric +rest +grpc$/m);
  expect(text).toMatch(/^users +3 +3$/m);
  expect(text).toMatch(/^failed +0 \(0 %\) +0 \(0 %\)$/m);
  expect(text).toMatch(/^client's processor +\d/m);
  expect(text).toMatch(
    /^REST took .* times as long as gRPC \(median\); .*: 99 % intervals, for these processes only\.$/m,
  );
  // First calls one after another, then those that prime.
  expect(text).toContain("120 calls before it warmed up client and servers; no number counts them.");
  expect(text).toContain(`Every call is in ${join(runs, readdirSync(runs)[0] as string)}`);
  expect(running.left()).toEqual([]);
});

test("calls that are due at a rate tell how long they took from then on, and what was never sent", async () => {
  const { servers, toRest, load } = await loadSetting();
  const asked = ["--rate", "100", "--poisson", "-t", "800ms", "--seed", "5"];
  const { exitCode, stdout } = await load(...toRest, ...asked);
  expect(exitCode).toBe(0);
  const text = plain(stdout);
  expect(text).toMatch(
    /^increment: 100 calls a second, at random, for 800 ms, at most 100 under way at once$/m,
  );
  expect(text).toMatch(/^median, from when due +\d/m);
  expect(text).toMatch(/^median, from when sent +\d/m);
  expect(text).toMatch(new RegExp(`^requests +${servers.rest.calls}$`, "m"));
});

test("calls that warm up are not counted, and said", async () => {
  const { servers, toRest, load } = await loadSetting();
  const { stdout } = await load(...toRest, "-t", "500ms", "--warm-up", "30", "--json");
  const { warmUpCalls, arms } = reportIn(stdout);
  expect(warmUpCalls).toBe(50);
  expect((arms[0]?.requests ?? 0) + warmUpCalls).toBe(servers.rest.calls);
});

test("servers that encrypt are loaded with what --ca trusts", async () => {
  const { runs, load } = await loadSetting();
  const servers = await startServers({ restPort: 0, grpcPort: 0, works: ["increment"], tls: {} });
  onTestFinished(() => servers.close());
  const ca = `${runs}.pem`;
  writeFileSync(ca, servers.tls?.ca ?? "");
  const to = ["--rest-url", servers.restUrl, "--grpc-server", servers.grpcAddress, "--ca", ca];
  const { exitCode, stdout } = await load(...to, "-t", "500ms", "--json");
  expect(exitCode).toBe(0);
  expect(reportIn(stdout).arms.map(({ name, failed }) => [name, failed])).toEqual([
    ["rest", 0],
    ["grpc", 0],
  ]);
});

test("so many calls are made, and no more", async () => {
  const { servers, to, load } = await loadSetting();
  const { exitCode, stdout } = await load(
    ...to,
    "--stop-after-calls",
    "25",
    "-u",
    "2",
    "-t",
    "10min",
    "--json",
  );
  expect([exitCode, servers.rest.calls, servers.grpc.calls]).toEqual([0, 25, 25]);
  expect(reportIn(stdout).arms.map(({ requests }) => requests)).toEqual([25, 25]);
});

test("an arm none of whose calls succeeds is in the table, and status 1", async () => {
  const { servers, toRest, load } = await loadSetting({ fault: "error-status" });
  const { exitCode, stdout } = await load(...toRest, "-u", "2", "-t", "600ms");
  expect(exitCode).toBe(1);
  const { calls } = servers.rest;
  const text = plain(stdout);
  expect(text).toMatch(new RegExp(`^failed +${calls} \\(100 %\\)$`, "m"));
  expect(text).toMatch(new RegExp(`^errors +HTTP_500 ${calls}$`, "m"));
  expect(text).toMatch(/^No median: .* there are 0\.$/m);
});

test("failures that end it leave what there was, and the arm that was not reached is named", async () => {
  const { toRest, to, load } = await loadSetting({ fault: "error-status", afterCalls: 20 });
  const stop = ["--stop-after-failures", "3", "-t", "10min", "--seed", "1"];
  const alone = await load(...toRest, ...stop);
  expect(alone.exitCode).toBe(1);
  expect(alone.stdout).toMatch(/^It ended early, because 3 calls of rest failed, the last with HTTP_500: /m);
  expect(alone.stderr).toMatch(/The run stopped early: 3 calls of rest failed/);
  const both = reportIn((await load(...to, ...stop, "--json")).stdout);
  expect([both.status, both.arms.length, both.notLoaded.length]).toEqual(["failed", 1, 1]);
});

test("Ctrl-C prints what there is and keeps every call", async () => {
  const { servers, runs, env, toRest } = await loadSetting();
  const args = ["load", ...toRest, "-u", "3", "--think", "5ms", "-t", "10min", "--json"];
  const running = startCli(args, { env });
  await running.seen("stderr", /round 1 of 1, rest: /);
  running.child.kill("SIGINT");
  const { exitCode, stdout, stderr } = await running.ended;
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/The run stopped early: it was interrupted\. The \d+ calls finished so far are in /);
  const { status, arms, run } = reportIn(stdout);
  const [rest] = arms;
  expect([status, arms.length, run]).toEqual(["interrupted", 1, join(runs, readdirSync(runs)[0] as string)]);
  // The calls of the three users that were under way may not have reached the server.
  expect(Math.abs((rest?.requests ?? 0) - servers.rest.calls)).toBeLessThanOrEqual(3);
  expect(rest?.failed).toBe(rest?.errors.INTERRUPTED ?? 0);
  expect(rest?.requestsPerSecond?.value).toBeGreaterThan(10);
  expect(running.left()).toEqual([]);
});

test("Ctrl-C before the load says so, and prints no table of nothing", async () => {
  const { env, toRest } = await loadSetting({ fault: "hang" });
  const running = startCli(["load", ...toRest, "--warm-up", "5"], { env });
  await running.seen("stderr", /The load needs/);
  running.child.kill("SIGINT");
  const { exitCode, stdout } = await running.ended;
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: "" });
});

test("a server that is not there is said before anything is made", async () => {
  const { runs, load } = await loadSetting();
  const { exitCode, stdout, stderr } = await load("--rest-url", "http://127.0.0.1:1");
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr).toMatch(/REST does not answer at http:\/\/127\.0\.0\.1:1 \(nothing listens there\)/);
  expect(existsSync(runs)).toBe(false);
});

test("a folder that is none is said before anything is made", async () => {
  const { toRest, load } = await loadSetting();
  const file = join(await temporaryFolder(), "file");
  writeFileSync(file, "");
  const { exitCode, stderr } = await load(...toRest, "--out", join(file, "runs"));
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`${file} is no folder`);
});

test.each([
  [["-u", "1.5"], /whole number from 1 to 65535/],
  [["--workers", "2"], /2 client processes cannot share 1 users/],
  [["--engine", "wrk"], /Allowed choices are embedded, locust/],
  [["--rest-url", "nonsense"], /is no REST address/],
] as const)("%j is bad usage: a sentence, status 2, and no run", async (wrong, sentence) => {
  const { toRest, runs, load } = await loadSetting();
  const { exitCode, stdout, stderr } = await load(...toRest, ...wrong);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(existsSync(runs)).toBe(false);
});
