import { createRequire } from "node:module";
import { Command } from "commander";
import { analyzeCommand } from "./commands/analyze.js";
import { benchCommand } from "./commands/bench.js";
import { checkCommand } from "./commands/check.js";
import { compareCommand } from "./commands/compare.js";
import { doctorCommand } from "./commands/doctor.js";
import { exportCommand } from "./commands/export.js";
import { importCommand } from "./commands/import.js";
import { labCommand } from "./commands/lab.js";
import { loadCommand } from "./commands/load.js";
import { refuteCommand } from "./commands/refute.js";
import { runCommand } from "./commands/run.js";
import { serversCommand } from "./commands/servers.js";
import { setupPythonCommand } from "./commands/setup-python.js";
import { summaryCommand } from "./commands/summary.js";

const { version } = createRequire(import.meta.url)("../../package.json") as { version: string };

/** The whole command line; a new command is a file beside this one and a line below. */
export function createProgram(): Command {
  const program = new Command("wirelab")
    .description("Measures what a call costs over REST and over gRPC, on this machine.")
    .version(version)
    // What stands behind a command is the command's: `lab` hands --version on to JupyterLab.
    .enablePositionalOptions()
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError("(--help shows how it is used)")
    .addHelpText(
      "after",
      "\nEach command has --help with an example.\nExit status: 0 all went well, 1 something failed, 2 bad usage, 130 Ctrl-C.",
    );
  const commands = [
    runCommand(),
    exportCommand(),
    labCommand(),
    serversCommand(),
    loadCommand(),
    benchCommand(),
    analyzeCommand(),
    importCommand(),
    summaryCommand(),
    compareCommand(),
    checkCommand(),
    refuteCommand(),
    doctorCommand(),
  ];
  for (const command of commands) program.addCommand(command.copyInheritedSettings(program));
  program.addCommand(setupPythonCommand().copyInheritedSettings(program), { hidden: true });
  return program;
}
