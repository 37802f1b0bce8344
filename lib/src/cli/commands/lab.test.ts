import { chmod, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { expect, test } from "vitest";
import { cli, startCli, temporaryFolder } from "../testing/cli.js";

/** A PATH on which `jupyter` is a script that tells how it was called, and then does what `then` says. */
async function fakeJupyter(then: string): Promise<{ env: NodeJS.ProcessEnv; told: () => Promise<string[]> }> {
  const folder = await temporaryFolder();
  const told = join(folder, "told");
  const script = [
    "#!/bin/sh",
    'if [ "$2" = --version ]; then echo 4.6.6; exit 0; fi',
    `printf '%s\\n' "$JUPYTER_PATH" "$@" > '${told}'`,
    then,
  ];
  await writeFile(join(folder, "jupyter"), `${script.join("\n")}\n`);
  await chmod(join(folder, "jupyter"), 0o755);
  return {
    env: { PATH: `${folder}${delimiter}${process.env.PATH}` },
    told: async () => (await readFile(told, "utf8")).trim().split("\n"),
  };
}

test.skipIf(process.platform === "win32")(
  "starts the jupyter on PATH with the kernel, and passes arguments on",
  async () => {
    const { env, told } = await fakeJupyter("exit 7");
    const { exitCode } = await cli(["lab", "--no-browser", "--port", "9000"], { env });
    expect(exitCode).toBe(7);
    const [jupyterPath = "", ...args] = await told();
    const spec = await readFile(
      join(jupyterPath.split(delimiter)[0] ?? "", "kernels/tslab/kernel.json"),
      "utf8",
    );
    expect(JSON.parse(spec)).toMatchObject({ language: "typescript" });
    expect(args.slice(0, 2)).toEqual(["lab", "--notebook-dir"]);
    expect(args.slice(-3)).toEqual(["--no-browser", "--port", "9000"]);
  },
);

test.skipIf(process.platform === "win32")("passes Ctrl-C on and waits for the end", async () => {
  // It ends with its parent too, so that a test that is cut off leaves nothing running.
  const untilParentEnds = "while kill -0 $PPID 2>/dev/null; do sleep 0.05; done";
  const { env } = await fakeJupyter(`trap 'echo bye; exit 3' INT; echo ready; ${untilParentEnds}`);
  const running = startCli(["lab"], { env });
  await running.seen("stdout", /ready/);
  running.child.kill("SIGINT");
  expect(await running.ended).toMatchObject({ exitCode: 3, stdout: "ready\nbye\n" });
});
