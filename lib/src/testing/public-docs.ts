import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import ts from "typescript";

/** One public name, with what its source says of it. */
export interface PublicName {
  readonly name: string;
  readonly isType: boolean;
  /** Its prose, without tags. */
  readonly prose: string;
  readonly examples: readonly string[];
}

/** What a module exports from others by name, each with the doc comment of its declaration. */
export function publicNames(indexFile: string): readonly PublicName[] {
  return parse(indexFile).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return [];
    const { exportClause, moduleSpecifier } = statement;
    if (!exportClause || !ts.isNamedExports(exportClause) || !moduleSpecifier) return [];
    const from = (moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, ".ts");
    const source = parse(resolve(dirname(indexFile), from));
    return exportClause.elements.map(({ name, isTypeOnly }) => ({
      name: name.text,
      isType: statement.isTypeOnly || isTypeOnly,
      ...docOf(source, name.text),
    }));
  });
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
}

function docOf(source: ts.SourceFile, name: string): Pick<PublicName, "prose" | "examples"> {
  const declared = source.statements.find(
    (statement) =>
      (ts.isFunctionDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement)) &&
      statement.name?.text === name,
  );
  if (declared === undefined) throw new Error(`${source.fileName} does not declare ${name} itself`);
  const comments = ts.getJSDocCommentsAndTags(declared).filter(ts.isJSDoc);
  const tags = ts.getJSDocTags(declared).filter(({ tagName }) => tagName.text === "example");
  return {
    prose: comments.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join("\n"),
    examples: tags.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? ""),
  };
}
