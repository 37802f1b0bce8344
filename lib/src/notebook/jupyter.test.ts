import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { prepareLab } from "./jupyter.js";
import { temporaryFolder } from "./testing/notebooks.js";

beforeEach(() => runAs(1000));
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** Numbered as the system numbers users; root is 0. */
function runAs(user: number): void {
  vi.spyOn(process, "getuid").mockReturnValue(user);
}

/** A project, and a PATH on which nothing but these shell scripts can be found. */
async function projectWith(scripts: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  const projectRoot = join(folder, "project");
  const bin = join(folder, "bin");
  await mkdir(projectRoot);
  await mkdir(bin);
  for (const [name, lines] of Object.entries(scripts)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${lines}\n`);
    await chmod(join(bin, name), 0o755);
  }
  vi.stubEnv("PATH", bin);
  return projectRoot;
}

describe.skipIf(process.platform === "win32")("prepareLab", () => {
  it("uses the jupyter on PATH and describes the kernel inside the project only", async () => {
    const projectRoot = await projectWith({ jupyter: '[ "$1 $2" = "lab --version" ]' });
    vi.stubEnv("JUPYTER_PATH", "/theirs");
    const lab = await prepareLab({ projectRoot });
    expect(lab).toMatchObject({
      command: "jupyter",
      args: ["lab", "--notebook-dir", join(projectRoot, "notebooks")],
    });
    const [ours, theirs] = lab.env.JUPYTER_PATH?.split(delimiter) ?? [];
    expect(theirs).toBe("/theirs");
    expect(ours?.startsWith(projectRoot)).toBe(true);
    const spec = JSON.parse(await readFile(join(ours ?? "", "kernels", "tslab", "kernel.json"), "utf8"));
    expect(spec).toMatchObject({ display_name: "TypeScript", language: "typescript" });
    expect(spec.argv[0]).toBe(process.execPath);
    expect(spec.argv.slice(-2)).toEqual(["--config-path", "{connection_file}"]);
  });

  it("lets root, a container's usual user, start JupyterLab, and says so", async () => {
    const projectRoot = await projectWith({ jupyter: '[ "$1 $2" = "lab --version" ]' });
    runAs(0);
    const steps: string[] = [];
    const lab = await prepareLab({ projectRoot, onStep: (step) => steps.push(step) });
    expect(lab.args).toEqual(["lab", "--notebook-dir", join(projectRoot, "notebooks"), "--allow-root"]);
    expect(steps).toEqual([expect.stringContaining("--allow-root")]);
  });

  it("makes a .venv with the pinned version when there is none, once", async () => {
    const made = `case "$*" in
*venv*) /bin/mkdir -p "$3/bin"; /bin/cp "$0" "$3/bin/python";;
*"pip install"*jupyterlab==4.6.6) printf '#!/bin/sh\\n' > "\${0%/*}/jupyter"; /bin/chmod +x "\${0%/*}/jupyter";;
esac`;
    const projectRoot = await projectWith({ python3: made });
    const steps: string[] = [];
    const command = join(projectRoot, ".venv", "bin", "jupyter");
    const onStep = (step: string) => steps.push(step);
    expect(await prepareLab({ projectRoot, onStep })).toMatchObject({ command });
    expect(await prepareLab({ projectRoot, onStep })).toMatchObject({ command });
    expect(steps).toHaveLength(1);
  });

  it.each([
    [
      "neither jupyter nor python",
      {},
      /no Python 3\.9 or newer to install JupyterLab with: install Python 3/,
    ],
    [
      "a python without venv",
      { python3: '[ "$1" = -c ] || { echo "No module named venv" >&2; exit 1; }' },
      /No module named venv.*python3-venv/,
    ],
    [
      "no network",
      {
        python3:
          'case "$*" in *venv*) /bin/mkdir -p "$3/bin"; /bin/cp "$0" "$3/bin/python";; *pip*) echo "no route to host" >&2; exit 1;; esac',
      },
      /no route to host.*check the network/,
    ],
  ])("says what to install when there is %s", async (_, scripts, sentence) => {
    const projectRoot = await projectWith(scripts);
    const failed = prepareLab({ projectRoot });
    await expect(failed).rejects.toThrow(sentence);
    await expect(failed).rejects.toMatchObject({ code: "missing-tool" });
  });
});
