import { Command } from "commander";
import { projectRoot } from "../../root.js";

/** `wirelab setup-python`, which `npm run setup:python` calls: installs the posts' own stacks. */
export function setupPythonCommand(): Command {
  return new Command("setup-python")
    .description("Install the posts' own Python stacks into .venv.")
    .addHelpText("after", "\nExample:\n  $ npm run setup:python")
    .action(async () => {
      const { setupPython } = await import("../../hosts/python/setup.js");
      const onStep = (step: string) => process.stderr.write(`${step}\n`);
      const { version, packages } = await setupPython({ projectRoot, onStep });
      const names = Object.entries(packages).map(([name, of]) => `${name} ${of}`);
      console.log(`The posts' own stacks are set up in .venv: Python ${version}, ${names.join(", ")}.`);
    });
}
