import { parseCell, syntaxProblems, topLevelNames, trapProblems } from "./cell-rules.js";
import { type CodeCell, hasTag, type Notebook } from "./ipynb.js";
import { declaredParameters } from "./parameters.js";

/** A problem of a notebook: cell and line count from 1; line 0 means the whole cell, cell 0 the whole notebook. */
export interface LintProblem {
  readonly file: string;
  readonly cell: number;
  readonly line: number;
  readonly message: string;
}

/** Longer cells belong into the library: what a notebook shows is the question, not the machinery. */
const mostLines = 8;

/**
 * Checks a notebook for code that the kernel would refuse although TypeScript accepts it, and for the rules of the
 * house: no outputs in git, short cells, prose first.
 */
export function lintNotebook(file: string, notebook: Notebook): LintProblem[] {
  const problems = notebookProblems(notebook).map((message) => ({ file, cell: 0, line: 0, message }));
  const earlier = new Set<string>();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type !== "code") continue;
    const syntax = syntaxProblems(cell.source);
    const parsed = parseCell(cell.source);
    const found = [
      ...houseProblems(cell, notebook).map((message) => ({ line: 0, message })),
      ...(syntax.length > 0 ? syntax : trapProblems(parsed, earlier)),
    ];
    problems.push(...found.map((problem) => ({ file, cell: index + 1, ...problem })));
    for (const name of topLevelNames(parsed)) earlier.add(name);
  }
  return problems;
}

function notebookProblems(notebook: Notebook): string[] {
  const problems: string[] = [];
  if (notebook.cells[0]?.cell_type !== "markdown") {
    problems.push("The first cell must be prose: a title and the question.");
  }
  const ids = notebook.cells.map((cell) => cell.id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) problems.push(`Two cells have the id ${twice}; links to them would be ambiguous.`);
  const parameterCells = notebook.cells.filter((cell) => hasTag(cell, "parameters"));
  if (parameterCells.length > 1) problems.push('Only one cell may be tagged "parameters".');
  if (notebook.cells.some((cell) => hasTag(cell, "injected-parameters"))) {
    problems.push("An injected-parameters cell is a run's, not the notebook's: delete it.");
  }
  return problems;
}

function houseProblems(cell: CodeCell, notebook: Notebook): string[] {
  const problems: string[] = [];
  if (cell.outputs.length > 0) problems.push("Outputs do not belong in git: clear them.");
  if (cell.execution_count !== null) problems.push("An execution count does not belong in git: clear it.");
  const lines = cell.source.split("\n").filter((line) => !/^\s*(\/\/.*)?$/.test(line));
  if (hasTag(cell, "parameters")) {
    const declared = declaredParameters(notebook).length;
    if (declared < lines.length) {
      problems.push(
        'Every line of the parameters cell must read "let name = literal;", so that it can be set from outside.',
      );
    }
  } else if (lines.length > mostLines) {
    problems.push(
      `${lines.length} lines of code; at most ${mostLines}: move the machinery into the library.`,
    );
  }
  return problems;
}
