import ts from "typescript";

/** Something wrong in a cell; `line` counts from 1 within the cell. */
export interface CellProblem {
  readonly line: number;
  readonly message: string;
}

/** Parses a cell as the kernel would: a module of TypeScript. */
export function parseCell(source: string): ts.SourceFile {
  return ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TS);
}

/** The parser's first complaint; those after it are mostly its consequences. */
export function syntaxProblems(source: string): CellProblem[] {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 };
  const { diagnostics = [] } = ts.transpileModule(source, { compilerOptions, reportDiagnostics: true });
  const [first] = diagnostics;
  if (first === undefined) return [];
  const line = first.file?.getLineAndCharacterOfPosition(first.start ?? 0).line ?? 0;
  return [{ line: line + 1, message: ts.flattenDiagnosticMessageText(first.messageText, " ") }];
}

/** Names that a cell declares at its top level and so hands to later cells, imports included. */
export function topLevelNames(cell: ts.SourceFile): string[] {
  return cell.statements.flatMap((statement) => {
    if (ts.isVariableStatement(statement)) {
      return statement.declarationList.declarations.flatMap((each) => namesIn(each.name));
    }
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
      return statement.name ? [statement.name.text] : [];
    }
    return ts.isImportDeclaration(statement) ? importedNames(statement) : [];
  });
}

/**
 * The tslab traps: code that TypeScript accepts and the kernel does not, or not in a cell.
 *
 * @param earlier names that earlier cells declare
 */
export function trapProblems(cell: ts.SourceFile, earlier: ReadonlySet<string>): CellProblem[] {
  const problems: CellProblem[] = [];
  const own = declaredAnywhere(cell);
  const report = (node: ts.Node, message: string) => {
    problems.push({ line: cell.getLineAndCharacterOfPosition(node.getStart(cell)).line + 1, message });
  };
  let awaits = 0;
  const forAwaits: ts.Node[] = [];
  const visit = (node: ts.Node, inFunction: boolean) => {
    if (ts.isShorthandPropertyAssignment(node) && earlier.has(node.name.text) && !own.has(node.name.text)) {
      const name = node.name.text;
      report(
        node,
        `"{ ${name} }" fails in the kernel because ${name} is from an earlier cell: write "{ ${name}: ${name} }".`,
      );
    }
    if (ts.isAwaitExpression(node) && !inFunction) awaits++;
    if (!inFunction && awaitsParentheses(node)) {
      report(node, '"await (…)" fails in the kernel: leave out the parentheses.');
    }
    if (ts.isForOfStatement(node) && node.awaitModifier && !inFunction) forAwaits.push(node);
    const specifier = importedModule(node);
    const complaint = specifier && importComplaint(specifier.text);
    if (complaint) report(node, complaint);
    ts.forEachChild(node, (child) => visit(child, inFunction || ts.isFunctionLike(node)));
  };
  visit(cell, false);
  if (awaits === 0) {
    for (const node of forAwaits)
      report(node, '"for await" needs another await in the same cell, or the kernel refuses it.');
  }
  return problems;
}

/** Without an import in the cell, the parser takes `await (x)` for a call of a function named await; so does the kernel. */
function awaitsParentheses(node: ts.Node): boolean {
  if (ts.isAwaitExpression(node)) return ts.isParenthesizedExpression(node.expression);
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "await";
}

function importComplaint(name: string): string | null {
  if (name.startsWith(".")) {
    return `The kernel cannot import "${name}": a cell can import a built package, not files; export it from wirelab.`;
  }
  if (name.startsWith("node:")) return null;
  const [first = "", second = "", third] = name.split("/");
  const isSubpath = name.startsWith("@") ? third !== undefined : second !== "" && first !== "";
  return isSubpath
    ? `The kernel does not find "${name}": import from the package itself, not a path inside it.`
    : null;
}

function importedModule(node: ts.Node): ts.StringLiteral | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) return node.moduleSpecifier;
  if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return null;
  const [argument] = node.arguments;
  return argument && ts.isStringLiteral(argument) ? argument : null;
}

function declaredAnywhere(cell: ts.SourceFile): Set<string> {
  const names = new Set(topLevelNames(cell));
  const visit = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node) || ts.isParameter(node))
      for (const name of namesIn(node.name)) names.add(name);
    if (ts.isFunctionDeclaration(node) && node.name) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(cell);
  return names;
}

function namesIn(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : namesIn(element.name)));
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  const named = !bindings
    ? []
    : ts.isNamespaceImport(bindings)
      ? [bindings.name]
      : bindings.elements.map((e) => e.name);
  return [...(importClause?.name ? [importClause.name] : []), ...named].map((name) => name.text);
}
