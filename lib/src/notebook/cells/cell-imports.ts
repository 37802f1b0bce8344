import ts from "typescript";
import { parseCell } from "./cell-rules.js";

/** One imported name as a declaration of its own, with the line that it stands on. */
export interface ImportedName {
  readonly name: string;
  readonly text: string;
  readonly line: number;
}

/** A cell's imports, a declaration for each name, and the cell with blanks in their place. */
export function importDeclarations(source: string): { imports: ImportedName[]; rest: string } {
  const cell = parseCell(source);
  const declarations = cell.statements.filter(ts.isImportDeclaration);
  const imports = declarations.flatMap((declaration) => {
    const line = cell.getLineAndCharacterOfPosition(declaration.getStart(cell)).line + 1;
    return split(declaration, cell).map((each) => ({ ...each, line }));
  });
  let rest = source;
  for (const { pos, end } of declarations) {
    rest = rest.slice(0, pos) + rest.slice(pos, end).replace(/[^\n]/g, " ") + rest.slice(end);
  }
  return { imports, rest };
}

function split(declaration: ts.ImportDeclaration, cell: ts.SourceFile): { name: string; text: string }[] {
  const from = declaration.moduleSpecifier.getText(cell);
  const clause = declaration.importClause;
  if (!clause) return [{ name: from, text: `import ${from};` }];
  const parts: { name: string; text: string }[] = [];
  if (clause.name) parts.push({ name: clause.name.text, text: `import ${clause.name.text} from ${from};` });
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) {
    parts.push({ name: bindings.name.text, text: `import * as ${bindings.name.text} from ${from};` });
  } else if (bindings) {
    const type = clause.isTypeOnly ? "type " : "";
    for (const element of bindings.elements) {
      parts.push({
        name: element.name.text,
        text: `import { ${type}${element.getText(cell)} } from ${from};`,
      });
    }
  }
  return parts;
}
