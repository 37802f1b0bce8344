import { WirelabError } from "../../errors.js";
import { type Cell, hasTag, type Notebook } from "./ipynb.js";

/** A value that a notebook lets its caller choose: `let calls = 10_000;` in the cell tagged `parameters`. */
export interface Parameter {
  readonly name: string;
  readonly type: "number" | "string" | "boolean";
  /** The declared value, as written. */
  readonly literal: string;
}

/** Parameters by name, as text; the notebook's declarations say what the text stands for. */
export type ParameterValues = Readonly<Record<string, string>>;

const declaration =
  /^\s*let\s+([A-Za-z_$][\w$]*)\s*(?::[^=]*)?=\s*(-?[\d._]+(?:e[+-]?\d+)?|true|false|null|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`$]*`)\s*;?\s*(?:\/\/.*)?$/i;

/**
 * Reads `name=value` arguments; the value is everything after the first `=`.
 *
 * @example parseParameters(["calls=1000", "source=data/x"]) // { calls: "1000", source: "data/x" }
 * @throws WirelabError `usage` for an argument without a name or without `=`, or a name given twice
 */
export function parseParameters(args: readonly string[]): ParameterValues {
  const values: Record<string, string> = {};
  for (const arg of args) {
    const at = arg.indexOf("=");
    const name = arg.slice(0, at).trim();
    if (at < 1 || name === "") {
      throw new WirelabError("usage", `"${arg}" is no parameter: write name=value, for example calls=1000.`);
    }
    if (Object.hasOwn(values, name)) {
      throw new WirelabError("usage", `The parameter ${name} is given twice; give it once.`);
    }
    values[name] = arg.slice(at + 1);
  }
  return values;
}

/** The parameters that a notebook declares, one `let` a line, in its order; empty without a `parameters` cell. */
export function declaredParameters(notebook: Notebook): Parameter[] {
  const cell = notebook.cells.find((candidate) => hasTag(candidate, "parameters"));
  if (cell === undefined) return [];
  return cell.source.split("\n").flatMap((line) => {
    const [, name, literal] = declaration.exec(line) ?? [];
    return name === undefined || literal === undefined ? [] : [{ name, literal, type: typeOf(literal) }];
  });
}

/**
 * The notebook with a cell tagged `injected-parameters` after its `parameters` cell, in place of an earlier one; the
 * notebook itself when there is nothing to inject. The tags are papermill's.
 *
 * @throws WirelabError `usage` when a name is not declared (listing those that are), or a value has the wrong type
 */
export function injectParameters(notebook: Notebook, values: ParameterValues): Notebook {
  const names = Object.keys(values);
  const rest = notebook.cells.filter((cell) => !hasTag(cell, "injected-parameters"));
  if (names.length === 0) return { ...notebook, cells: rest };
  const declared = declaredParameters(notebook);
  // Declared anew: an assignment at the end of a cell would show its value.
  const lines = names.map((name) => `let ${name} = ${literalOf(name, values[name] ?? "", declared)};`);
  const at = rest.findIndex((cell) => hasTag(cell, "parameters"));
  const injected: Cell = {
    cell_type: "code",
    id: "injected-parameters",
    metadata: { tags: ["injected-parameters"] },
    execution_count: null,
    outputs: [],
    source: lines.join("\n"),
  };
  return { ...notebook, cells: [...rest.slice(0, at + 1), injected, ...rest.slice(at + 1)] };
}

function literalOf(name: string, text: string, declared: readonly Parameter[]): string {
  const parameter = declared.find((candidate) => candidate.name === name);
  if (parameter === undefined) {
    const known = declared.map((candidate) => candidate.name).join(", ");
    const which = known === "" ? "this notebook has no parameters" : `this notebook knows: ${known}`;
    throw new WirelabError("usage", `There is no parameter ${name}; ${which}.`);
  }
  if (parameter.type === "string") return JSON.stringify(text);
  const plain = text.trim().replaceAll("_", "");
  const fits =
    parameter.type === "boolean"
      ? plain === "true" || plain === "false"
      : plain !== "" && Number.isFinite(Number(plain));
  if (fits) return parameter.type === "boolean" ? plain : String(Number(plain));
  const wanted = parameter.type === "boolean" ? "true or false" : "a number";
  throw new WirelabError(
    "usage",
    `The parameter ${name} must be ${wanted}, like ${parameter.literal}; it was given "${text}".`,
  );
}

function typeOf(literal: string): Parameter["type"] {
  if (/^(true|false)$/.test(literal)) return "boolean";
  return /^["'`]|^null$/.test(literal) ? "string" : "number";
}
