import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { freePort } from "../../hosts/testing/ports.js";
import { hasPython } from "../../hosts/testing/python.js";
import { projectRoot } from "../../root.js";
import { type RunningCli, startCli, temporaryFolder } from "../testing/cli.js";
import { printedCommand, reportIn, runInShell } from "../testing/load-setting.js";

const text = readFileSync(join(projectRoot, "docs", "scaling.md"), "utf8");

/** The command in the block that is marked with this word. */
function block(mark: string): string {
  const [, command] = new RegExp(`^\`\`\`sh ${mark}\\n(.*)\\n\`\`\`$`, "m").exec(text) ?? [];
  if (command === undefined) throw new Error(`docs/scaling.md has no block of one line marked ${mark}`);
  return command;
}

/** Starts a documented command of wirelab, shortened, and with its answer as JSON. */
async function startLoad(command: string): Promise<RunningCli> {
  const shortened = command.replace(/--run-time \S+/, "--run-time 2s").replace("1s-2s", "50ms-100ms");
  return startCli([...wordsOf(shortened), "--json"], {
    env: { WIRELAB_RUNS: join(await temporaryFolder(), "runs") },
  });
}

function wordsOf(command: string): string[] {
  const [npx, wirelab, ...words] = command.split(" ");
  expect([npx, wirelab]).toEqual(["npx", "wirelab"]);
  return words;
}

test("every marked block of docs/scaling.md is run by a test", () => {
  const marks = [...text.matchAll(/^```sh ?(.*)$/gm)].map(([, mark]) => mark);
  expect(marks).toEqual(["one-machine", "servers", "master", "worker"]);
});

describe.skipIf(!(await hasPython()))("the commands of docs/scaling.md", () => {
  test("load from several processes of one machine", async () => {
    const { exitCode, stdout } = await (await startLoad(block("one-machine"))).ended;
    expect(exitCode).toBe(0);
    const { workers, arms } = reportIn(stdout);
    expect([workers, ...arms.map(({ failed }) => failed)]).toEqual([2, 0, 0]);
  });

  test("load from a master and its workers, in four terminals", async () => {
    const documented = ["5000", "50051", "5557"];
    const ports = await Promise.all(documented.map(() => freePort()));
    const moved = (command: string) =>
      documented.reduce(
        (words, port, i) => words.replaceAll(new RegExp(`\\b${port}\\b`, "g"), `${ports[i]}`),
        command,
      );
    const servers = startCli(wordsOf(moved(block("servers"))));
    await servers.seen("stdout", /Ctrl-C ends both/);
    const master = await startLoad(moved(block("master")));
    const command = printedCommand(await master.seen("stderr", /leave it to wait:\n.*\n/));
    expect(command).toBe(moved(block("worker")));
    const workers = [runInShell(command), runInShell(command)];
    const { exitCode, stdout, stderr } = await master.ended;
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    const { arms } = reportIn(stdout);
    expect(arms.map(({ name, failed, users }) => [name, failed, users])).toEqual([
      ["rest", 0, 100],
      ["grpc", 0, 100],
    ]);
    expect(await Promise.all(workers)).toEqual([0, 0]);
    servers.child.kill("SIGINT");
    await servers.ended;
  });
});
