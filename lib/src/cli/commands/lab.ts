import { type ChildProcess, spawn } from "node:child_process";
import { Command } from "commander";
import { WirelabError } from "../../errors.js";
import type { Lab } from "../../notebook/jupyter.js";
import { projectRoot } from "../../root.js";

/** `wirelab lab`: JupyterLab on the notebooks, in the foreground. */
export function labCommand(): Command {
  return new Command("lab")
    .description("Start JupyterLab on the notebooks, with the TypeScript kernel ready.")
    .argument("[jupyter-arguments...]", "passed on to jupyter lab")
    .allowUnknownOption()
    .passThroughOptions()
    .addHelpText(
      "after",
      "\nUses a jupyter on PATH, else installs JupyterLab into .venv, once.\n\nExample:\n  $ wirelab lab --no-browser --port 9000",
    )
    .action(async (jupyterArguments: string[]) => {
      process.exitCode = await startLab(jupyterArguments);
    });
}

async function startLab(jupyterArguments: readonly string[]): Promise<number> {
  const { prepareLab } = await import("../../notebook/jupyter.js");
  const lab = await prepareLab({ projectRoot, onStep: (step) => process.stderr.write(`${step}\n`) });
  let child: ChildProcess | undefined;
  // A terminal sends Ctrl-C to JupyterLab as well, and a second one would cut off its question.
  const passOn = (signal: NodeJS.Signals) => {
    if (signal !== "SIGINT" || !process.stdin.isTTY) child?.kill(signal);
  };
  // Before it starts: a signal in between would end this process and leave JupyterLab behind.
  process.on("SIGINT", passOn);
  process.on("SIGTERM", passOn);
  try {
    child = spawn(lab.command, [...lab.args, ...jupyterArguments], {
      cwd: lab.cwd,
      env: { ...process.env, ...lab.env },
      stdio: "inherit",
    });
    return await exitOf(child, lab);
  } finally {
    process.off("SIGINT", passOn);
    process.off("SIGTERM", passOn);
  }
}

function exitOf(child: ChildProcess, lab: Lab): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once("error", (cause) =>
      reject(
        new WirelabError("missing-tool", `${lab.command} could not be started: ${cause.message}.`, { cause }),
      ),
    );
    child.once("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}
