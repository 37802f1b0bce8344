import { Command } from "commander";

/** `wirelab export`: a page from a notebook that has been run, without running it. */
export function exportCommand(): Command {
  return new Command("export")
    .description("Write the HTML page of a notebook that has been run, without running it.")
    .argument("<notebook>", "an executed .ipynb file")
    .option("-o, --out <file>", "where the page is written (default: beside the notebook)")
    .addHelpText("after", "\nExample:\n  $ wirelab export reports/01-what-a-call-costs.ipynb --out page.html")
    .action(exportNotebook);
}

async function exportNotebook(file: string, { out }: { out?: string }): Promise<void> {
  const { readNotebook } = await import("../../notebook/cells/ipynb.js");
  const { writePage } = await import("../../notebook/page/export-page.js");
  const notebook = await readNotebook(file);
  const outputFile = out ?? `${file.replace(/\.ipynb$/i, "")}.html`;
  await writePage(notebook, file, outputFile, {});
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  if (code.length > 0 && code.every((cell) => cell.outputs.length === 0)) {
    process.stderr.write(
      `No cell of ${file} has an output, so the page shows none: "wirelab run" runs it.\n`,
    );
  }
  console.log(outputFile);
}
