import { mkdir, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { WirelabError } from "../errors.js";
import { run } from "../hosts/python/run.js";
import { inVenv, pipInstall, prepareVenv, type VenvOptions } from "../hosts/python/venv.js";
import { tslabCommand } from "./kernel/kernel-process.js";

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
  const own = inVenv(projectRoot, "jupyter");
  for (const candidate of ["jupyter", own]) {
    if ((await run(candidate, ["lab", "--version"])).ok) return candidate;
  }
  const options: VenvOptions = { projectRoot, what: "JupyterLab", leastMinor: 9, onStep };
  onStep(`No JupyterLab found; installing ${jupyterLabVersion} into .venv, once (about a minute).`);
  await prepareVenv(options);
  await pipInstall(options, {
    packages: [`jupyterlab==${jupyterLabVersion}`],
    advice: "check the network, or install JupyterLab yourself so that `jupyter` is on PATH",
  });
  return own;
}

async function writeKernelSpec(projectRoot: string): Promise<string> {
  const jupyterPath = join(projectRoot, "node_modules", ".cache", "wirelab", "jupyter");
  const folder = join(jupyterPath, "kernels", "tslab");
  const spec = {
    argv: [
      process.execPath,
      ...tslabCommand(["kernel-sends", "kernel-watch"]),
      "--config-path",
      "{connection_file}",
    ],
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
