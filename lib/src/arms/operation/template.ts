import { WirelabError } from "../../errors.js";
import type { Random } from "../../stats/random.js";
import type { Json } from "./operation.js";
import type { Secrets } from "./secrets.js";

/** What placeholders of one call stand for. */
export interface CallValues {
  /** Number of the call among those of all callers, from 0. */
  readonly index: number;
  /** Number of the caller, from 0. */
  readonly caller: number;
  readonly random: Random;
  /** The row of a CSV file whose turn it is; null without a file. */
  readonly row: Readonly<Record<string, string>> | null;
}

/** A text or a value that is made anew for every call, or once where nothing in it changes. */
export interface Template<T> {
  readonly changes: boolean;
  make(values: CallValues): T;
}

/** Where a template stands, and what it may refer to. */
export interface TemplateOptions {
  /** Begins error messages, e.g. `checkout.body`. */
  readonly where: string;
  readonly secrets: Secrets;
  /** Columns of the CSV file; none without one. */
  readonly columns: readonly string[];
}

type Value = string | number;
type Part = { readonly fixed: string } | { readonly value: (values: CallValues) => Value };

const placeholders = "{{index}}, {{caller}}, {{uuid}}, {{int 1 100}}, {{text 8}} and {{row.COLUMN}}";

/**
 * Text with placeholders in double braces, and with `${NAME}` for environment variables; `$${NAME}` stays as it is without its
 * first dollar. `put` is applied to what is filled in.
 */
export function textTemplate(
  text: string,
  options: TemplateOptions,
  put: (value: string) => string = (value) => value,
): Template<string> {
  const parts = partsOf(text, options, put);
  const [only] = parts;
  if (only === undefined) return constant("");
  if (parts.length === 1 && "fixed" in only) return constant(only.fixed);
  return {
    changes: true,
    make: (values) =>
      parts.map((part) => ("fixed" in part ? part.fixed : put(String(part.value(values))))).join(""),
  };
}

/** The same of all texts in JSON; one that is nothing but a placeholder of a number becomes that number. */
export function jsonTemplate(json: Json, options: TemplateOptions): Template<Json> {
  if (typeof json === "string") return leaf(json, options);
  if (json === null || typeof json !== "object") return constant(json);
  if (Array.isArray(json)) {
    const items = json.map((item: Json, at) => jsonTemplate(item, within(options, String(at))));
    const changes = items.some((item) => item.changes);
    return madeOnce({ changes, make: (values) => items.map((item) => item.make(values)) });
  }
  const entries = Object.entries(json).map(
    ([key, value]) => [key, jsonTemplate(value, within(options, key))] as const,
  );
  return madeOnce(combined(entries));
}

function leaf(text: string, options: TemplateOptions): Template<Json> {
  const parts = partsOf(text, options, (value) => value);
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && "value" in only) return { changes: true, make: only.value };
  return textTemplate(text, options);
}

/** The same, one name or number further in. */
export function within<T extends Pick<TemplateOptions, "where">>(options: T, key: string): T {
  return { ...options, where: `${options.where}.${key}` };
}

/** What a template makes that does not change; null of one that does. */
export function fixedOf<T>(template: Template<T>): T | null {
  return template.changes ? null : template.make(never);
}

/** Templates by their names as one. */
export function combined<T>(
  entries: readonly (readonly [string, Template<T>])[],
): Template<Record<string, T>> {
  const make: Template<Record<string, T>>["make"] = (values) =>
    Object.fromEntries(entries.map(([name, template]) => [name, template.make(values)]));
  return { changes: entries.some(([, { changes }]) => changes), make };
}

/** The same template; where nothing changes it is not made again for every call. */
function madeOnce<T>(template: Template<T>): Template<T> {
  return template.changes ? template : constant(template.make(never));
}

// Nothing that does not change looks at them.
const never = undefined as unknown as CallValues;

function constant<T>(value: T): Template<T> {
  return { changes: false, make: () => value };
}

function partsOf(text: string, options: TemplateOptions, put: (value: string) => string): Part[] {
  const parts: Part[] = [];
  const add = (fixed: string) => {
    const last = parts.at(-1);
    if (last !== undefined && "fixed" in last) parts[parts.length - 1] = { fixed: last.fixed + fixed };
    else if (fixed !== "") parts.push({ fixed });
  };
  let from = 0;
  for (const found of text.matchAll(/\{\{([^{}]*)\}\}|(\$?)\$\{([A-Za-z_]\w*)\}/g)) {
    const [whole, inside, dollar, name] = found;
    add(text.slice(from, found.index));
    from = found.index + whole.length;
    if (inside !== undefined) parts.push({ value: placeholder(inside.trim(), options) });
    else if (dollar === "$") add(whole.slice(1));
    else add(put(options.secrets.valueOf(name as string, options.where)));
  }
  add(text.slice(from));
  return parts;
}

function placeholder(inside: string, { where, columns }: TemplateOptions): (values: CallValues) => Value {
  const [word = "", ...rest] = inside.split(/\s+/);
  const numbers = rest.map(Number);
  const whole = numbers.every(Number.isSafeInteger);
  if (inside === "index") return ({ index }) => index;
  if (inside === "caller") return ({ caller }) => caller;
  if (inside === "uuid") return ({ random }) => uuid(random);
  const [first = 0, last = 0] = numbers;
  if (word === "int" && whole && rest.length === 2 && first <= last && last - first < 2 ** 32) {
    return ({ random }) => first + random.below(last - first + 1);
  }
  if (word === "text" && whole && rest.length === 1 && first >= 1 && first <= 1_000_000) {
    return ({ random }) => letters(random, first);
  }
  if (inside.startsWith("row.")) return cell(inside.slice(4), where, columns);
  throw new WirelabError(
    "usage",
    `${where} has {{${inside}}}, which stands for nothing here; there are ${placeholders}.`,
  );
}

function cell(column: string, where: string, columns: readonly string[]): (values: CallValues) => Value {
  if (columns.includes(column)) return ({ row }) => row?.[column] ?? "";
  const known = columns.length === 0 ? "give a CSV file as rows" : `its rows have ${columns.join(", ")}`;
  throw new WirelabError("usage", `${where} has {{row.${column}}}, and there is no such column: ${known}.`);
}

/** Version 4 by its marks (RFC 9562), from the seeded stream. */
function uuid(random: Random): string {
  const digits = Array.from({ length: 32 }, () => random.below(16).toString(16));
  digits[12] = "4";
  digits[16] = (8 + random.below(4)).toString(16);
  const text = digits.join("");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    "-",
  );
}

function letters(random: Random, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(97 + random.below(26))).join("");
}
