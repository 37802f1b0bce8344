import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type ts from "typescript";
import { tslabBinary } from "../kernel/kernel-process.js";
import { importDeclarations } from "./cell-imports.js";
import type { Notebook } from "./ipynb.js";
import type { LintProblem } from "./lint.js";

/** A notebook's cells as one module; `places[i]` says where line i of it comes from. */
interface VirtualModule {
  readonly file: string;
  readonly path: string;
  readonly text: string;
  readonly places: readonly { readonly cell: number; readonly line: number }[];
}

/**
 * Type-checks the cells of notebooks with the kernel's own compiler and options, against the built packages that the
 * cells import. Each cell is a block inside the block of the cell before it, so that a later cell may declare a name
 * again, as the kernel lets it.
 */
export function typeCheckNotebooks(
  notebooks: readonly { readonly file: string; readonly notebook: Notebook }[],
): LintProblem[] {
  const compiler: typeof ts = createRequire(tslabBinary())("@tslab/typescript-for-tslab");
  const modules = new Map(notebooks.map(toModule).map((module) => [module.path, module]));
  const options: ts.CompilerOptions = {
    target: compiler.ScriptTarget.ES2022,
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Node10,
    lib: ["lib.es2022.d.ts"],
    types: ["node"],
    esModuleInterop: true,
    skipLibCheck: true,
    noEmit: true,
  };
  const host = compiler.createCompilerHost(options);
  const { fileExists, readFile } = host;
  host.fileExists = (path) => modules.has(path) || fileExists(path);
  host.readFile = (path) => modules.get(path)?.text ?? readFile(path);
  const program = compiler.createProgram([...modules.keys()], options, host);
  return [...modules.values()].flatMap((module) => {
    const source = program.getSourceFile(module.path);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      (found) => {
        const line = found.file?.getLineAndCharacterOfPosition(found.start ?? 0).line ?? 0;
        const place = module.places[line] ?? { cell: 0, line: 0 };
        return {
          file: module.file,
          ...place,
          message: compiler.flattenDiagnosticMessageText(found.messageText, " "),
        };
      },
    );
  });
}

function toModule({ file, notebook }: { file: string; notebook: Notebook }): VirtualModule {
  const head: string[] = [];
  const headPlaces: { cell: number; line: number }[] = [];
  const body: string[] = [];
  const bodyPlaces: { cell: number; line: number }[] = [];
  let blocks = 0;
  const imported = new Set<string>();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code") continue;
    const { imports, rest } = importDeclarations(cell.source);
    for (const { text, line, name } of imports) {
      if (imported.has(name)) continue;
      imported.add(name);
      head.push(text);
      headPlaces.push({ cell: index + 1, line });
    }
    const lines = ["{", ...rest.split("\n"), ";"];
    blocks++;
    body.push(...lines);
    bodyPlaces.push(...lines.map((_, i) => ({ cell: index + 1, line: i })));
  }
  const text = [...head, "export {};", ...body, "}".repeat(blocks)].join("\n");
  const places = [...headPlaces, { cell: 0, line: 0 }, ...bodyPlaces];
  const path = join(dirname(resolve(file)), `${file.replaceAll(/[^\w.-]/g, "_")}.cells.ts`).replaceAll(
    "\\",
    "/",
  );
  return { file, path, text, places };
}
