import { existsSync } from "node:fs";
import { join } from "node:path";
import { WirelabError } from "../../errors.js";
import { run } from "./run.js";

/** What a `.venv` is made for. */
export interface VenvOptions {
  readonly projectRoot: string;
  /** What is to be installed into it, in the middle of a sentence: `JupyterLab`. */
  readonly what: string;
  /** The oldest Python 3 that will do, by the number after the point. */
  readonly leastMinor: number;
  /** Hears what takes long. */
  readonly onStep: (sentence: string) => void;
}

/** Path of a program in the project's `.venv`, whether it is there or not. */
export function inVenv(projectRoot: string, name: string): string {
  return process.platform === "win32"
    ? join(projectRoot, ".venv", "Scripts", `${name}.exe`)
    : join(projectRoot, ".venv", "bin", name);
}

/**
 * Gets the project's `.venv` ready to be installed into, and gives its Python: makes it where there is none, makes it
 * anew where its Python does not run any more, and gives it pip where that is lacking.
 *
 * @throws WirelabError `missing-tool` saying what to install or to delete
 */
export async function prepareVenv(options: VenvOptions): Promise<string> {
  const { projectRoot, what, leastMinor, onStep } = options;
  const venv = join(projectRoot, ".venv");
  const python = inVenv(projectRoot, "python");
  if (!existsSync(venv)) await makeVenv(options, [venv]);
  else if (!(await run(python, ["-c", ""])).ok) {
    onStep("The Python of .venv does not run, so .venv is made anew; what was installed in it is lost.");
    await makeVenv(options, ["--clear", venv]);
  } else if (!(await isRecent(python, leastMinor))) {
    throw new WirelabError(
      "missing-tool",
      `The Python of .venv is older than 3.${leastMinor}, too old for ${what}: delete ${venv}, then run this again.`,
    );
  } else if (!(await run(python, ["-m", "pip", "--version"])).ok) await makeVenv(options, [venv]);
  return python;
}

/** Installs packages into it, as `pip install` takes them. */
export async function pipInstall(
  options: VenvOptions,
  { packages, advice }: { readonly packages: readonly string[]; readonly advice: string },
): Promise<void> {
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
  await need(options, { command: inVenv(options.projectRoot, "python"), args: pip, advice });
}

/** A step without which there is nothing: rejects with `advice` when it fails. */
export async function need(
  { what }: VenvOptions,
  { command, args, cwd, advice }: { command: string; args: readonly string[]; cwd?: string; advice: string },
): Promise<void> {
  const { ok, lastWords } = await run(command, args, cwd === undefined ? {} : { cwd });
  if (ok) return;
  throw new WirelabError("missing-tool", `Installing ${what} into .venv failed (${lastWords}): ${advice}.`);
}

async function makeVenv(options: VenvOptions, args: readonly string[]): Promise<void> {
  await need(options, {
    command: await findSystemPython(options),
    args: ["-m", "venv", ...args],
    advice: "install Python's venv module (on Debian: apt install python3-venv)",
  });
}

/** Distributions that are older than a Python often have it under its full name beside their own. */
const names = ["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

async function findSystemPython({ what, leastMinor }: VenvOptions): Promise<string> {
  for (const name of names) if (await isRecent(name, leastMinor)) return name;
  throw new WirelabError(
    "missing-tool",
    `There is no Python 3.${leastMinor} or newer to install ${what} with: install Python 3, then run this again.`,
  );
}

async function isRecent(python: string, leastMinor: number): Promise<boolean> {
  return (await run(python, ["-c", `import sys; sys.exit(sys.version_info < (3, ${leastMinor}))`])).ok;
}
