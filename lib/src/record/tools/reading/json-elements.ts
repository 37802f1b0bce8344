import type { ToolFile } from "./tool-file.js";

/** Longest element, and most text around the array, in characters. */
const most = 30_000_000;

/** The text of one element, and the line in which it begins. */
export interface JsonElement {
  readonly text: string;
  readonly line: number;
}

/** Elements of an array, with what the object holds before it. */
export interface JsonElements {
  readonly before: unknown;
  readonly elements: readonly JsonElement[];
}

/**
 * The objects in the array `key` of the one object that a file holds, some at a time, so that the whole is never in
 * memory. A file that ends within it is marked as cut off; one whose object has no such array gives nothing.
 * @throws WirelabError `usage` where the file is no JSON object, or an element is no object.
 */
export async function* elementsOf(
  file: ToolFile,
  key: string,
): AsyncGenerator<JsonElements, void, undefined> {
  const scanner = new Scanner(file, key);
  for await (const text of file.texts()) {
    const elements = scanner.push(text);
    if (elements.length > 0) yield { before: scanner.before, elements };
  }
  if (!scanner.isWhole) file.cutOff ??= `in line ${scanner.line}, before its JSON ends`;
}

/** Knows only what nests and what is text: what is inside an element is JSON.parse's to judge. */
class Scanner {
  before: unknown = null;
  line = 1;
  readonly #file: ToolFile;
  readonly #key: string;
  /** How many brackets are open. */
  #depth = 0;
  #inText = false;
  #escaped = false;
  #inArray = false;
  #begun = false;
  /** The text of the element that is open, or while none is, all text so far outside of the array. */
  #element = "";
  #outside = "";
  #elementLine = 1;

  constructor(file: ToolFile, key: string) {
    this.#file = file;
    this.#key = key;
  }

  get isWhole(): boolean {
    return this.#begun && this.#depth === 0;
  }

  push(text: string): JsonElement[] {
    const found: JsonElement[] = [];
    // Where the text that is not yet kept begins.
    let from = 0;
    const keep = (to: number) => {
      const piece = text.slice(from, to);
      from = to;
      if (this.#inArray && this.#depth >= 3) this.#element += piece;
      else if (!this.#inArray) this.#outside += piece;
      if (this.#element.length > most || this.#outside.length > most) {
        throw this.#wrong("it is larger than any such file of a tool");
      }
    };
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10) this.line++;
      if (this.#inText) {
        if (this.#escaped) this.#escaped = false;
        else if (code === 92) this.#escaped = true;
        else if (code === 34) this.#inText = false;
      } else if (code === 34) {
        this.#inText = true;
        if (this.#inArray && this.#depth === 2) throw this.#wrong(`${this.#key} holds what is no object`);
      } else if (code === 123 || code === 91) {
        this.#open(code, i, keep);
      } else if (code === 125 || code === 93) {
        const element = this.#close(i, keep);
        if (element !== null) found.push(element);
      }
    }
    keep(text.length);
    return found;
  }

  #open(code: number, i: number, keep: (to: number) => void): void {
    if (this.#depth === 0 && (this.#begun || code !== 123)) throw this.#wrong("it is not one JSON object");
    if (!this.#inArray && this.#depth === 1 && code === 91) {
      keep(i);
      if (this.#endsInKey()) {
        this.#inArray = true;
        this.before = parsedOrNull(`${this.#outside}[]}`);
      }
    } else if (this.#inArray && this.#depth === 2) {
      if (code !== 123) throw this.#wrong(`${this.#key} holds what is no object`);
      keep(i);
      this.#elementLine = this.line;
    }
    this.#begun = true;
    this.#depth++;
  }

  #close(i: number, keep: (to: number) => void): JsonElement | null {
    if (this.#depth === 0) throw this.#wrong("it closes a bracket that is not open");
    const endsElement = this.#inArray && this.#depth === 3;
    if (endsElement) keep(i + 1);
    if (this.#inArray && this.#depth === 2) {
      keep(i);
      this.#inArray = false;
      this.#outside += "[";
    }
    this.#depth--;
    if (!endsElement) return null;
    const element = { text: this.#element, line: this.#elementLine };
    this.#element = "";
    return element;
  }

  #endsInKey(): boolean {
    return new RegExp(`"${this.#key}"\\s*:\\s*$`).test(this.#outside.slice(-1000));
  }

  #wrong(reason: string) {
    return this.#file.wrong(`line ${this.line}`, reason);
  }
}

/** What a text means as JSON; null where it is none. */
export function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
