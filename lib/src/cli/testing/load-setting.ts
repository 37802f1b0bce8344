import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type FaultOptions, startFaultyServers } from "../../hosts/testing/faulty-servers.js";
import type { LoadReport } from "../../lab/load/report.js";
import { projectRoot } from "../../root.js";
import { cli, temporaryFolder } from "./cli.js";

/** Servers that run already and count what they get, and a folder for the runs of `wirelab load`. */
export async function loadSetting(options: FaultOptions = { fault: "none" }) {
  const servers = await startFaultyServers(options);
  onTestFinished(() => servers.close());
  const { restUrl, grpcAddress } = servers.endpoints;
  const runs = join(await temporaryFolder(), "runs");
  const env = { WIRELAB_RUNS: runs };
  const toRest = ["--rest-url", restUrl];
  const to = [...toRest, "--grpc-server", grpcAddress];
  const load = (...args: readonly string[]) => cli(["load", ...args], { env });
  return { servers, runs, env, toRest, to, load };
}

/** The same text with the spaces that a keyboard has. */
export const plain = (text: string): string => text.replaceAll("\u202f", " ");

export const reportIn = (stdout: string): LoadReport => JSON.parse(stdout);

/** The command that a master prints for other machines. */
export function printedCommand(stderr: string): string {
  const [, command] = /leave it to wait:\n {2}(.*)\n/.exec(stderr) ?? [];
  if (command === undefined) throw new Error(`no command is in ${stderr}`);
  return command;
}

/** Runs a command as a person at another machine would, in a shell; what it has started is gone after the test. */
export function runInShell(command: string): Promise<number | null> {
  const shell = spawn("sh", ["-c", command], { cwd: projectRoot, detached: true, stdio: "ignore" });
  const ended = new Promise<number | null>((resolve) => shell.once("close", resolve));
  onTestFinished(() => {
    try {
      process.kill(-(shell.pid as number), "SIGKILL");
    } catch {
      // It has ended, as it should.
    }
  });
  return ended;
}
