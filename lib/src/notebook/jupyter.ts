import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { WirelabError } from "../errors.js";
import { tslabCommand } from "./kernel-process.js";

/** The version that `npm run lab` installs when there is no JupyterLab. */
export const jupyterLabVersion = "4.6.6";

/** How to start JupyterLab on the notebooks. */
export interface Lab {
  readonly command: string;
  readonly args: readonly string[];
  /** To be merged over the process's own environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * Gets JupyterLab and its TypeScript kernel ready without changing anything outside the project: a `jupyter lab` on
 * PATH, else one in `.venv`, else a new `.venv` with a pinned version from python3. The kernel's description lies in
 * `node_modules/.cache/wirelab`, where only the returned environment points.
 *
 * @throws WirelabError `missing-tool` saying what to install
 * @example const lab = await prepareLab({ projectRoot: process.cwd(), onStep: console.error })
 */
export async function prepareLab(options: {
  readonly projectRoot: string;
  /** Hears what takes long, and what JupyterLab is told beyond its defaults. */
  readonly onStep?: (sentence: string) => void;
}): Promise<Lab> {
  const { projectRoot, onStep = () => {} } = options;
  const command = await findJupyter(projectRoot, onStep);
  const jupyterPath = await writeKernelSpec(projectRoot);
  const inherited = process.env.JUPYTER_PATH;
  return {
    command,
    args: ["lab", "--notebook-dir", join(projectRoot, "notebooks"), ...allowRoot(onStep)],
    env: { JUPYTER_PATH: inherited ? `${jupyterPath}${delimiter}${inherited}` : jupyterPath },
    cwd: projectRoot,
  };
}

/** Jupyter refuses root, the usual user of a container, where its advice would be all that the reader gets to see. */
function allowRoot(onStep: (sentence: string) => void): string[] {
  if (process.getuid?.() !== 0) return [];
  onStep("This is the root user, so JupyterLab is started with --allow-root.");
  return ["--allow-root"];
}

async function findJupyter(projectRoot: string, onStep: (sentence: string) => void): Promise<string> {
  const venv = join(projectRoot, ".venv");
  const inVenv = (name: string) =>
    process.platform === "win32" ? join(venv, "Scripts", `${name}.exe`) : join(venv, "bin", name);
  for (const candidate of ["jupyter", inVenv("jupyter")]) {
    if ((await run(candidate, ["lab", "--version"])).ok) return candidate;
  }
  const python = await findPython();
  onStep(`No JupyterLab found; installing ${jupyterLabVersion} into .venv, once (about a minute).`);
  await need(
    python,
    ["-m", "venv", venv],
    "install Python's venv module (on Debian: apt install python3-venv)",
  );
  const pip = [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    `jupyterlab==${jupyterLabVersion}`,
  ];
  await need(
    inVenv("python"),
    pip,
    "check the network, or install JupyterLab yourself so that `jupyter` is on PATH",
  );
  return inVenv("jupyter");
}

async function findPython(): Promise<string> {
  for (const candidate of ["python3", "python"]) {
    if ((await run(candidate, ["-c", "import sys; sys.exit(sys.version_info < (3, 9))"])).ok)
      return candidate;
  }
  throw new WirelabError(
    "missing-tool",
    "There is no JupyterLab and no Python 3.9 or newer to install it with: install Python 3 or JupyterLab, then run this again.",
  );
}

async function writeKernelSpec(projectRoot: string): Promise<string> {
  const jupyterPath = join(projectRoot, "node_modules", ".cache", "wirelab", "jupyter");
  const folder = join(jupyterPath, "kernels", "tslab");
  const spec = {
    argv: [process.execPath, ...tslabCommand(["kernel-sends"]), "--config-path", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
  };
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "kernel.json"), `${JSON.stringify(spec, null, 2)}\n`);
  } catch (cause) {
    throw new WirelabError(
      "disk",
      `The kernel's description could not be written to ${folder}; check that the folder can be written.`,
      { cause },
    );
  }
  return jupyterPath;
}

async function need(command: string, args: readonly string[], advice: string): Promise<void> {
  const { ok, lastWords } = await run(command, args);
  if (ok) return;
  throw new WirelabError(
    "missing-tool",
    `JupyterLab could not be installed into .venv (${lastWords}): ${advice}.`,
  );
}

function run(command: string, args: readonly string[]): Promise<{ ok: boolean; lastWords: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"] });
    let words = "";
    child.stderr.on("data", (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-2000);
    });
    child.once("error", (error) => resolve({ ok: false, lastWords: error.message }));
    child.once("close", (code) => {
      const lines = words.trim().split("\n");
      resolve({
        ok: code === 0,
        lastWords: lines.at(-1) || `${command} ended with exit code ${code ?? "unknown"}`,
      });
    });
  });
}
