import { WirelabError } from "../../errors.js";
import type { Endpoints } from "../../hosts/host.js";
import { readTrust, type Trust } from "../../hosts/trust.js";
import type { CallerOptions, CallingArm } from "../arm.js";
import { openGrpc } from "./grpc.js";
import type { MethodData } from "./method.js";
import type { EncryptionFiles, Operation } from "./operation.js";
import { openRest } from "./rest.js";
import { Secrets } from "./secrets.js";
import type { TemplateOptions } from "./template.js";
import { type CallerPlace, noRows, type Rows, readNamed, readRows } from "./values.js";

/** An operation whose server has been found: all that a client process is told of it. */
export interface PreparedOperation {
  /** Its files by paths that hold from anywhere. */
  readonly operation: Operation;
  /** Where it is called; what it takes to trust it stands in files. */
  readonly endpoints: Endpoints;
  /** Of a gRPC method its messages and its kind. */
  readonly method: MethodData | null;
  /** Whether its server is not on this machine's loopback address. */
  readonly elsewhere: boolean;
}

/** What is known of one call, whether or not it was as expected. */
export interface Outcome {
  /** Why it was not, in the server's words or ours; "" where the code of the call says all. */
  readonly details: string;
  /** What came, as text. */
  readonly text: () => string;
  /** Messages of a gRPC answer; null for REST. */
  readonly messages: number | null;
}

/** How the callers of an operation are opened. */
export interface OpenOperation extends CallerOptions {
  /** Which of how many callers each of them is, and its seed. */
  place(caller: number): CallerPlace;
}

/** What opens the callers of an operation, as often as they are asked for. */
export interface OperationOpener {
  open(options: Omit<OpenOperation, "endpoints">): CallingArm<null, Outcome>;
}

/** Where an operation's inputs stand, for its templates. */
export interface OperationInputs {
  readonly rows: Rows;
  readonly template: TemplateOptions;
}

/**
 * Reads an operation's files and what it refers to in the environment, here and now. Throws a `usage` error that begins with
 * its name for a file or a variable that is not there, and for what cannot be sent.
 */
export function readOperation(
  { operation, endpoints, method }: PreparedOperation,
  { name, secrets = new Secrets() }: { readonly name: string; readonly secrets?: Secrets },
): OperationOpener {
  const inputs = readInputs(operation, name, secrets);
  const trusted = { ...endpoints, ...withTrust(endpoints.tls, operation.tls, name) };
  return {
    open: (options) => {
      const all = { ...options, ...inputs, endpoints: trusted };
      if (operation.kind === "rest") return openRest(operation, all);
      if (method === null) throw new WirelabError("usage", `${name} has not been prepared.`);
      return openGrpc(operation, method, all);
    },
  };
}

/** Its rows, and where its templates look things up. */
export function readInputs(operation: Operation, name: string, secrets: Secrets): OperationInputs {
  const rows = operation.rows === undefined ? noRows : readRows(operation.rows, `${name}.rows`);
  return { rows, template: { where: name, secrets, columns: rows.columns } };
}

/** What an operation's encryption rests on, read from its files; undefined in the clear. */
export function trustOf(tls: Operation["tls"], name: string, encrypted: boolean): Trust | undefined {
  if (!encrypted) return undefined;
  const files: EncryptionFiles = typeof tls === "object" ? tls : {};
  const { caFile, certFile, keyFile } = files;
  const trust = readTrust(caFile);
  if (certFile === undefined || keyFile === undefined) return trust;
  const pem = (path: string, field: string) => readNamed(path, `${name}.tls.${field}`).toString();
  return { ...trust, own: { cert: pem(certFile, "certFile"), key: pem(keyFile, "keyFile") } };
}

/** The trust of `endpoints`, which holds names only, with what the files hold. */
function withTrust(names: Trust | undefined, tls: Operation["tls"], name: string): { readonly tls?: Trust } {
  const trust = trustOf(tls, name, names !== undefined);
  return trust === undefined ? {} : { tls: { ...trust, ...names } };
}
