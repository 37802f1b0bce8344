import { WirelabError } from "../../errors.js";
import type { Json } from "./operation.js";

/** Values of environment variables that operations refer to as `${NAME}`: known where calls are made, and nowhere written. */
export class Secrets {
  private readonly values = new Map<string, string>();
  private readonly environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    this.environment = environment;
  }

  /** The value of that variable; one that is not set, or empty, is a `usage` error that says who needs it. */
  valueOf(name: string, where: string): string {
    const value = this.environment[name];
    if (value === undefined || value === "") {
      throw new WirelabError(
        "usage",
        `${where} needs the environment variable ${name}, which is not set: export ${name}=… first.`,
      );
    }
    this.values.set(name, value);
    return value;
  }

  /** An error of ours without them; another one as it is. */
  redacted(error: unknown): unknown {
    return error instanceof WirelabError ? new WirelabError(error.code, this.redact(error.message)) : error;
  }

  /** The text with every value that was asked for so far put back to its reference, however a server or a library wrote it. */
  redact(text: string): string {
    const written = [...this.values].flatMap(([name, value]) =>
      writings(value).map((as) => ({ as, name: `\${${name}}` })),
    );
    // A value that holds another one goes first.
    written.sort((a, b) => b.as.length - a.as.length);
    return written.reduce((redacted, { as, name }) => redacted.replaceAll(as, name), text);
  }

  /** The beginning of a text without them: cut any earlier, the beginning of a long value would not be known for one. */
  beginningOf(text: string, mostCharacters: number): string {
    const redacted = this.redact(text);
    return redacted.length > mostCharacters ? `${redacted.slice(0, mostCharacters)}…` : redacted;
  }
}

function writings(value: string): string[] {
  const bytes = Buffer.from(value);
  const escaped = JSON.stringify(value).slice(1, -1);
  const words = value.split(/\s+/).filter((word) => word.length >= 8);
  return [
    ...new Set([
      value,
      escaped,
      encodeURIComponent(value),
      bytes.toString("base64").replace(/=+$/, ""),
      bytes.toString("base64url"),
      bytes.toString("hex"),
      ...[0, 1, 2].flatMap((before) => insideBase64(bytes, before)),
      ...words,
    ]),
  ];
}

/** What of base64 is the value's alone, where other bytes stand before it, as the name does in `Basic name:password`. */
function insideBase64(value: Buffer, before: number): string[] {
  const end = Math.floor(((before + value.byteLength) * 8) / 6);
  const forms = (["base64", "base64url"] as const).map((form) =>
    Buffer.concat([Buffer.alloc(before), value])
      .toString(form)
      .slice(Math.ceil((before * 8) / 6), end),
  );
  // A few letters may stand anywhere.
  return forms.filter((form) => form.length >= 8);
}

/** Names of headers, metadata, query parameters and fields whose values are secrets. */
const secretName =
  /^(proxy-)?authorization$|cookie|token|secret|passw|api[-_]?key|access[-_]?key|credential|session|signature|^sig$|^x-auth|private[-_]?key|bearer/i;

/** An address that cannot be read, for a message: without what stands before a host or in a query, which may be secrets. */
export function quotedAddress(address: string): string {
  const [path = ""] = address.split(/[?#]/);
  const host = path.replace(/^([a-z][\w+.-]*:\/\/)?.*@/is, "$1…@");
  return `"${host}${path === address ? "" : "?…"}"`;
}

/** What is filled in when a call is made, and so is not written here. */
const filledIn = /(?<!\$)\$\{[A-Za-z_]\w*\}|\{\{[^{}]*\}\}/;

/** A secret that stands in the text itself would be in every run folder and report: a `usage` error says how to give it. */
export function rejectWritten(name: string, value: string, where: string): void {
  if (!secretName.test(name) || filledIn.test(value)) return;
  throw new WirelabError(
    "usage",
    `${where} holds a secret by its name, and what is written here is kept in run folders and reports: put it into an environment variable and write \${NAME} for it, in a notebook between quotes and not backticks.`,
  );
}

/** The same of texts in JSON by the names of their fields, and of lists of them; a number or a yes is no secret. */
export function rejectWrittenIn(json: Json, where: string, name = ""): void {
  if (typeof json === "string" && json !== "") rejectWritten(name, json, where);
  if (json === null || typeof json !== "object") return;
  for (const [key, value] of Object.entries(json)) {
    rejectWrittenIn(value, `${where}.${key}`, Array.isArray(json) ? name : key);
  }
}
