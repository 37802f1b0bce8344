import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareLab } from "../../notebook/jupyter.js";
import { projectRoot } from "../../root.js";
import { processesWith } from "./cli.js";

/** A JupyterLab that serves a copy of the notebooks. */
export interface JupyterLab {
  /** Folder of the copies. */
  readonly notebooks: string;
  /** Where the kernels put their runs. */
  readonly runs: string;
  /** Address of a notebook by its file name. */
  url(notebook: string): string;
  /** Processes that JupyterLab and its kernels have started and that still run (Linux; elsewhere none). */
  processes(): number[];
  /** Ends JupyterLab and everything it started, and removes the copies. */
  stop(): Promise<void>;
}

/** True where `prepareLab` would find a JupyterLab without installing one; false when tests may be skipped for it. */
export function hasJupyterLab(): boolean {
  const candidates = ["jupyter", join(projectRoot, ".venv", "bin", "jupyter")];
  const found = candidates.some((command) => spawnSync(command, ["lab", "--version"]).status === 0);
  if (!found && process.env.WIRELAB_REQUIRE_ALL === "1") {
    throw new Error("WIRELAB_REQUIRE_ALL=1, but there is no JupyterLab on PATH or in .venv");
  }
  return found;
}

/** Starts JupyterLab as `wirelab lab` does, but on copies, without a browser, and with settings of its own. */
export async function startJupyterLab(): Promise<JupyterLab> {
  const folder = await mkdtemp(join(tmpdir(), "wirelab-jupyterlab-"));
  await copyProject(folder);
  const lab = await prepareLab({ projectRoot: folder });
  const mark = `WIRELAB_TEST_MARK=${randomUUID()}`;
  const token = randomUUID();
  const runs = join(folder, "runs");
  const options = [
    "--no-browser",
    "--ServerApp.port=0",
    `--IdentityProvider.token=${token}`,
    "--LabApp.expose_app_in_browser=True",
  ];
  const child = spawn(lab.command, [...lab.args, ...options], {
    cwd: lab.cwd,
    env: {
      ...process.env,
      ...lab.env,
      ...ownFolders(folder),
      WIRELAB_RUNS: runs,
      // The notebook's own test has the posts' stacks; what JupyterLab shows is the same without.
      WIRELAB_PYTHON: "none",
      WIRELAB_TEST_MARK: mark.split("=")[1],
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    // What it left behind, a kernel that hangs for one, must not outlive the tests.
    for (const pid of processesWith(mark)) process.kill(pid, "SIGKILL");
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const base = await address(child.stderr.setEncoding("utf8"), ended);
    // A workspace of its own: the default one opens again what was open before.
    const url = (notebook: string) =>
      `${base}/workspaces/${notebook.replace(".ipynb", "")}/tree/${notebook}?token=${token}`;
    return { notebooks: join(folder, "notebooks"), runs, url, processes: () => processesWith(mark), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What JupyterLab sees of the project; the packages, and a JupyterLab of the project's own, are linked. */
async function copyProject(folder: string): Promise<void> {
  await cp(join(projectRoot, "notebooks"), join(folder, "notebooks"), { recursive: true });
  for (const name of ["node_modules", ".venv"]) {
    if (existsSync(join(projectRoot, name))) {
      await symlink(join(projectRoot, name), join(folder, name), "junction");
    }
  }
  const settings = join(folder, "settings", "@jupyterlab", "apputils-extension");
  await mkdir(settings, { recursive: true });
  // Asks whether to fetch news, over the notebook, until it is told.
  await writeFile(join(settings, "notification.jupyterlab-settings"), JSON.stringify({ fetchNews: "false" }));
}

/** Neither reads nor changes what the person at this machine has set for JupyterLab. */
function ownFolders(folder: string): NodeJS.ProcessEnv {
  return {
    JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTER_RUNTIME_DIR: join(folder, "runtime"),
  };
}

function address(stderr: NodeJS.ReadableStream, ended: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    stderr.on("data", (text: string) => {
      printed += text;
      const [, found] = /(http:\/\/127\.0\.0\.1:\d+\/lab)\?token=/.exec(printed) ?? [];
      if (found !== undefined) resolve(found);
    });
    void ended.then(() => reject(new Error(`JupyterLab ended before it served:\n${printed}`)));
  });
}
