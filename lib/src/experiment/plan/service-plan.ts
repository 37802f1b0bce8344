import { basename } from "node:path";
import { wholeMessagesOnly } from "../../arms/grpc/grpc-channel.js";
import { grpcOperationArm, restOperationArm } from "../../arms/operation/arms.js";
import { kindOf } from "../../arms/operation/method.js";
import type { PreparedOperation } from "../../arms/operation/open.js";
import { type EncryptionFiles, type Operation, sayOperation } from "../../arms/operation/operation.js";
import { findArm } from "../../arms/registry.js";
import { WirelabError } from "../../errors.js";
import type { ServiceInfo } from "../../record/service-info.js";
import type { Bounds } from "./service-bounds.js";

/** Somebody's servers: operations that were found and can be called, in place of a work of the lab. */
export interface PreparedService {
  readonly operations: Readonly<Record<string, PreparedOperation>>;
  /** Whether somebody says that all of them do the same work. */
  readonly sameWork: boolean;
  readonly bounds: Bounds;
  /** What servers on other machines were asked to prepare it. */
  readonly callsBefore: number;
}

/** The work of a run that calls operations. */
export const serviceWork = "service";

/** The operation of that name; an unknown one is a `usage` error that lists the known ones. */
export function findOperation({ operations }: PreparedService, name: string): PreparedOperation {
  const found = Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (found !== undefined) return found;
  const known = Object.keys(operations).join(", ");
  throw new WirelabError("usage", `The service has no operation "${name}"; it has ${known}.`);
}

/** Of arms those whose servers are not on this machine. */
export function armsElsewhere<T extends { readonly operation: string | null }>(
  service: PreparedService,
  arms: readonly T[],
): T[] {
  return arms.filter(({ operation }) => operation !== null && findOperation(service, operation).elsewhere);
}

/** The way in which an operation's calls are made. */
export function armNameOf({ operation }: PreparedOperation): string {
  return (operation.kind === "rest" ? restOperationArm : grpcOperationArm).name;
}

/** The number of an operation's server; operations at the same address share it. */
export function serverNumberOf(service: PreparedService, name: string): number {
  const addresses = new Set(Object.values(service.operations).map(addressOf));
  return [...addresses].indexOf(addressOf(findOperation(service, name)));
}

function addressOf({ endpoints: { restUrl, grpcAddress } }: PreparedOperation): string {
  return restUrl ?? grpcAddress ?? "";
}

/** What is called, and by what. */
export function sayClient({ operation, method }: PreparedOperation, arm: string): string {
  const kind = method === null ? "" : `, ${kindOf(method)}`;
  return `${sayOperation(operation)}${kind}, by ${findArm(arm).client}`;
}

/** Why a column is not measured of an operation. */
export function notMeasuredOf({ method }: PreparedOperation): Readonly<Record<string, string>> {
  const whole = method === null || method.responseStream;
  return {
    serverMs: "an answer of somebody's service does not say it",
    ...(!whole && { firstByteMs: wholeMessagesOnly }),
  };
}

/** What a run keeps of a service: files by their names alone, for their folders are the reader's own business. */
export function describeService(
  service: PreparedService,
  arms: Parameters<typeof armsElsewhere>[1],
): ServiceInfo {
  const { operations, sameWork, bounds } = service;
  const all = Object.entries(operations);
  return {
    sameWork,
    operations: Object.fromEntries(all.map(([name, { operation }]) => [name, describeOperation(operation)])),
    bounds: armsElsewhere(service, arms).length > 0 ? bounds : null,
  };
}

/** What a run keeps of an operation. */
export function describeOperation(operation: Operation): Operation {
  const tls = withoutFoldersOfTls(operation.tls);
  if (operation.kind === "rest") {
    const { tls: _, ...rest } = operation;
    const files = filesOf(rest, ["bodyFile", "template", "rows"]);
    return { ...rest, ...files, ...(typeof tls === "object" && { tls }) };
  }
  const { tls: _, includeDirs: __, protoFiles, ...grpc } = operation;
  return {
    ...grpc,
    ...(protoFiles !== undefined && { protoFiles: protoFiles.map((file) => basename(file)) }),
    ...filesOf(grpc, ["messageFile", "rows"]),
    ...(tls !== undefined && { tls }),
  };
}

function withoutFoldersOfTls(tls: Operation["tls"]): Operation["tls"] {
  if (typeof tls !== "object") return tls;
  return { ...tls, ...filesOf<EncryptionFiles>(tls, ["caFile", "certFile", "keyFile"]) };
}

/** The names of those files, of the fields that are there. */
function filesOf<T extends object>(of: T, fields: readonly (keyof T)[]): Partial<T> {
  const named = fields.flatMap((field) => {
    const path = of[field];
    return typeof path === "string" ? [[field, basename(path)]] : [];
  });
  return Object.fromEntries(named) as Partial<T>;
}
