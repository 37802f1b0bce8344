import { WirelabError } from "../../errors.js";
import type { RestOperation } from "./operation.js";
import { quotedAddress, rejectWritten, rejectWrittenIn } from "./secrets.js";
import {
  combined,
  fixedOf,
  jsonTemplate,
  type Template,
  type TemplateOptions,
  textTemplate,
  within,
} from "./template.js";
import { readNamed } from "./values.js";

/** A URL apart: the server, and what is asked of it. */
export interface UrlParts {
  readonly origin: string;
  readonly path: string;
}

/** Takes a URL apart; its server has to be written out, since who is called is checked and kept. Throws `usage`. */
export function urlParts(url: string, where: string): UrlParts {
  const [, origin = "", rest = ""] = /^(https?:\/\/[^/?#]+)([^#]*)$/.exec(url) ?? [];
  const parsed = URL.canParse(origin) && !/[{}$\\]/.test(origin) ? new URL(origin) : null;
  if (parsed === null) {
    throw new WirelabError(
      "usage",
      `${where}.url: ${quotedAddress(url)} is no address of a server: write scheme and host out, like http://127.0.0.1:8080/items; placeholders may stand behind them.`,
    );
  }
  if (parsed.username !== "" || parsed.password !== "") {
    throw new WirelabError(
      "usage",
      `${where}.url holds a name or a password, which would be kept in run folders: give the header authorization with \${NAME}.`,
    );
  }
  for (const [, name = "", value = ""] of rest.matchAll(/[?&]([^=&]+)=([^&]*)/g)) {
    rejectWritten(decoded(name, `${where}.url`), value, `${where}.url`);
  }
  return { origin: parsed.origin, path: rest.startsWith("/") ? rest : `/${rest}` };
}

function decoded(name: string, where: string): string {
  try {
    return decodeURIComponent(name.replace(/%(?![\da-f]{2})/gi, "%25"));
  } catch {
    throw new WirelabError("usage", `${where} has a query parameter ${name}, which is no text in UTF-8.`);
  }
}

/** Headers that HTTP/1.1 and the client decide. */
const notTheirs =
  /^(connection|keep-alive|transfer-encoding|content-length|upgrade|expect|te|trailer|proxy-connection)$/i;

/** What cannot stand in a header. */
const unheard = /[^\t\x20-\x7e\x80-\xff]/;

/** What cannot stand in a path, once values are put in. */
const unpathly = /[^\x21-\x7e]/;

/** How one call of a REST operation is asked, from its values. */
export interface RestTemplates {
  readonly path: Template<string>;
  readonly headers: Template<Record<string, string>>;
  readonly body: Template<Buffer>;
}

/** Compiles an operation's request; throws `usage` for what cannot be sent, with its place. */
export function restTemplates(operation: RestOperation, options: TemplateOptions): RestTemplates {
  const { where } = options;
  const { path } = urlParts(operation.url, where);
  const templates = {
    path: textTemplate(path, within(options, "url"), encodeURIComponent),
    headers: headersTemplate(operation, options),
    body: bodyTemplate(operation, options),
  };
  if (unpathly.test(path.replaceAll(/\{\{[^{}]*\}\}/g, ""))) {
    throw new WirelabError("usage", `${where}.url has characters that a URL cannot hold: write them as %XX.`);
  }
  return templates;
}

function headersTemplate(
  operation: RestOperation,
  options: TemplateOptions,
): Template<Record<string, string>> {
  const { where } = options;
  const { body } = operation;
  const names = Object.keys(operation.headers).map((name) => name.toLowerCase());
  const json = body !== undefined && typeof body !== "string" && !names.includes("content-type");
  const { host, hostname } = new URL(urlParts(operation.url, where).origin);
  const written: Record<string, string> = {
    // Its address is called in its place, and a server may look at the name.
    ...(hostname === "localhost" && !names.includes("host") && { host }),
    ...(json && { "content-type": "application/json" }),
    ...operation.headers,
  };
  const entries = Object.entries(written).map(([name, value]) => {
    const place = `${where}.headers.${name}`;
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || notTheirs.test(name)) {
      throw new WirelabError("usage", `${place} is no header that can be given: leave it out.`);
    }
    rejectWritten(name, value, place);
    const template = textTemplate(value, { ...options, where: place }, (text) => sendable(text, place));
    return [name, template] as const;
  });
  return combined(entries);
}

function sendable(text: string, place: string): string {
  if (!unheard.test(text)) return text;
  throw new WirelabError("usage", `${place} gets a value that no header can hold, such as a line break.`);
}

const nothing = Buffer.alloc(0);

function bodyTemplate(operation: RestOperation, options: TemplateOptions): Template<Buffer> {
  const { body, bodyFile, template } = operation;
  const at = (name: string) => within(options, name);
  if (bodyFile !== undefined) {
    const bytes = readNamed(bodyFile, at("bodyFile").where);
    return { changes: false, make: () => bytes };
  }
  if (template !== undefined) {
    const text = readNamed(template, at("template").where).toString();
    return encoded(textTemplate(text, at("template"), escapeFor(operation)));
  }
  if (typeof body === "string") return encoded(textTemplate(body, at("body"), escapeFor(operation)));
  if (body === undefined) return { changes: false, make: () => nothing };
  rejectWrittenIn(body, at("body").where);
  const json = jsonTemplate(body, at("body"));
  // Written anew for every call, as gRPC's message is.
  return { changes: true, make: (values) => Buffer.from(JSON.stringify(json.make(values))) };
}

/** The text as bytes, made once where nothing changes. */
function encoded(text: Template<string>): Template<Buffer> {
  if (text.changes) return { changes: true, make: (values) => Buffer.from(text.make(values)) };
  const bytes = Buffer.from(fixedOf(text) ?? "");
  return { changes: false, make: () => bytes };
}

/** What is put into JSON must not end its text. */
function escapeFor({ headers }: RestOperation): (value: string) => string {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === "content-type")?.[1] ?? "";
  if (/json/i.test(type)) return (value) => JSON.stringify(value).slice(1, -1);
  return /x-www-form-urlencoded/i.test(type) ? encodeURIComponent : (value) => value;
}
