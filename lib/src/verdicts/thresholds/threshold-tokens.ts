import type { WirelabError } from "../../errors.js";

/** A piece of a threshold, and where it begins. */
export interface Token {
  readonly kind: "word" | "quoted" | "sign";
  readonly text: string;
  readonly at: number;
}

const signs = /^(>=|<=|[<>*×÷])/;
const quotes = /^"((?:[^"\\]|\\.)*)"|^'((?:[^'\\]|\\.)*)'/s;
const word = /^[^\s<>*×÷"']+/;

/**
 * Splits a threshold; `/` divides where it stands alone, since it is in the names of many endpoints. Between quotes a quote or a
 * backslash stands for itself behind a backslash.
 */
export function tokensOf(text: string, wrong: (why: string, at: number) => WirelabError): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at);
    const space = /^\s+/.exec(rest)?.[0].length ?? 0;
    if (space > 0) {
      at += space;
      continue;
    }
    const found = tokenAt(rest);
    if (found === null) throw wrong("the quote that begins here does not end", at);
    tokens.push({ ...found.token, at });
    at += found.length;
  }
  return tokens;
}

function tokenAt(rest: string): { readonly token: Omit<Token, "at">; readonly length: number } | null {
  const quoted = quotes.exec(rest);
  if (quoted !== null) {
    const text = (quoted[1] ?? quoted[2] ?? "").replaceAll(/\\(["'\\])/g, "$1");
    return { token: { kind: "quoted", text }, length: quoted[0].length };
  }
  const sign = signs.exec(rest)?.[0] ?? word.exec(rest)?.[0];
  if (sign === undefined) return null;
  const isSign = signs.test(rest) || sign === "/";
  const text = isSign ? (plain[sign] ?? sign) : sign;
  return { token: { kind: isSign ? "sign" : "word", text }, length: sign.length };
}

const plain: Readonly<Record<string, string>> = { "×": "*", "÷": "/" };

/** The text with a mark below the place, which a terminal shows in a column. */
export function caretLine(text: string, at: number): string {
  const line = text.replaceAll(/[\r\n\t]/g, " ");
  return `  ${line}\n  ${" ".repeat(at)}^`;
}
