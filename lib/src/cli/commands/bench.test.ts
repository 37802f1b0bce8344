import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startServers } from "@wirelab/servers";
import { makeCertificate } from "@wirelab/servers/dist/tls/make-certificate.js";
import { expect, onTestFinished, test } from "vitest";
import { sampleRecord } from "../../lab/bench/testing/record.js";
import { checkPlot } from "../arguments/output-files.js";
import { cli, startCli, temporaryFolder } from "../testing/cli.js";

/** A server of the lab's that runs elsewhere, as far as the command can tell, and a folder for everything it writes. */
async function setting() {
  const servers = await startServers({ restPort: 0, grpcPort: 0 });
  onTestFinished(() => servers.close());
  const folder = await temporaryFolder();
  const to = ["--rest-url", servers.restUrl, "--grpc-server", servers.grpcAddress];
  const runs = join(folder, "runs");
  return { folder, runs, to, env: { WIRELAB_RUNS: runs } };
}

test("prints a table with a sentence, writes a file that analyze reads the same numbers from, and a page", async () => {
  const { folder, to, env } = await setting();
  const [json, page] = [join(folder, "results.json"), join(folder, "results.html")];
  const asked = ["--work", "increment", "--requests", "60", "--concurrency", "2", "--seed", "3"];
  const output = ["--output-json", json, "--output-plot", page];
  const { exitCode, stdout, stderr } = await cli(["bench", ...to, ...asked, ...output], { env });
  expect({ exitCode, stderr }).toMatchObject({
    exitCode: 0,
    stderr: expect.stringMatching(/Wrote .*results/),
  });
  expect(stdout).toMatch(/^increment: 60 requests of each arm with 2 callers$/m);
  expect(stdout).toMatch(/^metric +rest +grpc$/m);
  expect(stdout).toMatch(/^requests +60 +60$/m);
  expect(stdout).toMatch(/^With 2 callers REST took .* times as long as gRPC/m);
  expect(readFileSync(page, "utf8")).not.toMatch(/<(script|img|link)[^>]+(src|href)="?https?:/);
  expect((await cli(["analyze", json], { env })).stdout).toBe(stdout);
  const both = JSON.parse((await cli(["analyze", json, json, "--json"], { env })).stdout);
  expect(both.files).toHaveLength(2);
  expect(both).toMatchObject({ pooled: null, unlike: "one run is there twice" });
});

test("--json prints the numbers for programs, and a half that is down is status 1", async () => {
  const { to, env } = await setting();
  const args = [
    "bench",
    ...to,
    "--requests",
    "20",
    "--concurrency",
    "1",
    "--grpc-server",
    "127.0.0.1:1",
    "--json",
  ];
  const { exitCode, stdout } = await cli(args, { env });
  expect(exitCode).toBe(1);
  const { arms, missing } = JSON.parse(stdout);
  expect(arms.map(({ name }: { name: string }) => name)).toEqual(["rest"]);
  expect(missing).toMatchObject([{ arm: "grpc", reason: expect.stringContaining("nothing listens there") }]);
});

test("servers that encrypt are measured with what --ca trusts, and not with another authority", async () => {
  const { folder, env } = await setting();
  const servers = await startServers({ restPort: 0, grpcPort: 0, works: ["increment"], tls: {} });
  onTestFinished(() => servers.close());
  const [ca, other] = [join(folder, "ca.pem"), join(folder, "other.pem")];
  writeFileSync(ca, servers.tls?.ca ?? "");
  writeFileSync(other, (await makeCertificate({ names: ["localhost"] })).ca);
  const to = ["--rest-url", servers.restUrl, "--grpc-server", servers.grpcAddress];
  const args = ["bench", ...to, "--requests", "20", "--concurrency", "1", "--ca"];
  expect(await cli([...args, ca], { env })).toMatchObject({ exitCode: 0 });
  const { exitCode, stderr } = await cli([...args, other], { env });
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/Nothing can be measured.*authority/s);
});

test.each([
  [
    ["--output-json", "no/such/folder/results.json"],
    1,
    /results\.json cannot be written \(there is no such folder\)/,
  ],
  [["--output-plot", "/"], 2, /does not say what figures to make/],
  [["--output-plot", "no/such/folder/a.html"], 1, /cannot be written/],
  [["--requests", "5", "--concurrency", "6"], 2, /6 callers cannot share 5 requests/],
  [["--concurrency", "1,two"], 2, /whole number from 1/],
  [["--concurrency", "1,1"], 2, /Nothing may be in it twice/],
  [["--image", "gone.jpg"], 2, /gone\.jpg cannot be read/],
  [["--rest-url", "nonsense"], 2, /is no REST address/],
] as const)("%j is found out before the run: status %d", async (wrong, status, sentence) => {
  const { to, env, runs } = await setting();
  const { exitCode, stdout, stderr } = await cli(["bench", ...to, ...wrong], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: status, stdout: "" });
  expect(stderr).toMatch(sentence);
  expect(existsSync(runs)).toBe(false);
});

test("a picture needs Chromium, which is found out before the run too", async () => {
  const path = join(await temporaryFolder(), "plot.png");
  await expect(checkPlot(path, () => null)).rejects.toMatchObject({
    code: "missing-tool",
    message: expect.stringMatching(/there is none on the PATH: install it/),
  });
  expect(await checkPlot(path, () => "/bin/chromium")).toMatchObject({ format: "png" });
  expect(existsSync(path)).toBe(false);
});

test("a picture that cannot be drawn costs no number: they are printed first, and the error says where they are", async () => {
  const { folder, to, env } = await setting();
  const programs = join(folder, "programs");
  mkdirSync(programs);
  writeFileSync(join(programs, "chromium"), "#!/bin/sh\nexit 3\n", { mode: 0o755 });
  const [json, picture] = [join(folder, "results.json"), join(folder, "plot.png")];
  const asked = ["--requests", "20", "--concurrency", "1", "--output-json", json, "--output-plot", picture];
  const { exitCode, stdout, stderr } = await cli(["bench", ...to, ...asked], {
    env: { ...env, PATH: `${programs}:${process.env.PATH}`, TMPDIR: folder },
  });
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^requests +24 +24$/m);
  const { run } = JSON.parse(readFileSync(json, "utf8"));
  const error = stderr.slice(stderr.indexOf(`${picture} could not be drawn (`));
  expect(error).toContain(`What was measured is in ${run} and ${json}.`);
  expect(readdirSync(folder).filter((name) => name.startsWith("wirelab-picture-"))).toEqual([]);
});

test("Ctrl-C keeps what was measured and says where", async () => {
  const { to, env, runs } = await setting();
  const running = startCli(["bench", ...to, "--work", "increment", "--requests", "20000"], { env });
  await running.seen("stderr", /pair 1 of 1/);
  running.child.kill("SIGINT");
  const { exitCode, stderr } = await running.ended;
  expect(exitCode).toBe(130);
  expect(stderr).toMatch(/The run stopped early: it was interrupted\. The \d+ calls finished so far are in /);
  const [run] = readdirSync(runs);
  const { stdout } = await cli(["summary", join(runs, run ?? "")]);
  expect(stdout).toMatch(/interrupted: it was interrupted/);
});

test("analyze says which file is wrong, and what is wrong with it", async () => {
  const folder = await temporaryFolder();
  const [right, wrong] = [join(folder, "right.json"), join(folder, "package.json")];
  writeFileSync(right, JSON.stringify(sampleRecord()));
  writeFileSync(wrong, "{}");
  const { exitCode, stdout, stderr } = await cli(["analyze", right, wrong]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toMatch(/^.*package\.json is not a results file of wirelab bench: its format is not/);
});

test.each(["bench", "analyze"])("%s --help has an example", async (command) => {
  expect((await cli([command, "--help"])).stdout).toMatch(new RegExp(`\\$ wirelab ${command} `));
});
