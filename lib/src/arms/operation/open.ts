import { WirelabError } from "../../errors.js";
import type { Endpoints } from "../../hosts/host.js";
import { readTrust, type Trust } from "../../hosts/trust.js";
import type { CallingArm } from "../arm.js";
import { openGrpc } from "./grpc.js";
import type { MethodData } from "./method.js";
import type { OpenOperation, OperationInputs, Outcome } from "./opening.js";
import type { EncryptionFiles, Operation } from "./operation.js";
import { openRest } from "./rest.js";
import { Secrets } from "./secrets.js";
import { noRows, readNamed, readRows } from "./values.js";

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

/** What opens the callers of an operation, as often as they are asked for. */
export interface OperationOpener {
  open(options: Omit<OpenOperation, "endpoints">): CallingArm<null, Outcome>;
}

/**
 * Reads an operation's files and what it refers to in the environment, here and now. Throws a `usage` error that begins with
 * its name for a file or a variable that is not there, and for what cannot be sent.
 */
export function readOperation(
  { operation, endpoints, method }: PreparedOperation,
  { name, secrets = new Secrets() }: { readonly name: string; readonly secrets?: Secrets },
): OperationOpener {
  return redacting(secrets, () => {
    const inputs = readInputs(operation, name, secrets);
    const called = calledAt(endpoints, operation, name);
    const open: OperationOpener["open"] = (options) => {
      const all = { ...options, ...inputs, endpoints: called };
      if (operation.kind === "rest") return openRest(operation, all);
      if (method === null) throw new WirelabError("usage", `${name} has not been prepared.`);
      return openGrpc(operation, method, all);
    };
    return { open: (options) => redacting(secrets, () => open(options)) };
  });
}

/** What is said of values that do not fit must not show them. */
function redacting<T>(secrets: Secrets, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw secrets.redacted(error);
  }
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

/** Where and how clients call: trust, of which `endpoints` holds names only, with what the files hold, and gRPC's address by its scheme. */
export function calledAt(endpoints: Endpoints, { tls }: Operation, name: string): Endpoints {
  const { grpcAddress } = endpoints;
  const trust = trustOf(tls, name, endpoints.tls !== undefined);
  return {
    ...endpoints,
    // Without it grpc-js would take a host called unix for a scheme.
    grpcAddress: grpcAddress === null ? null : `dns:///${grpcAddress}`,
    ...(trust !== undefined && { tls: { ...trust, ...endpoints.tls } }),
  };
}
