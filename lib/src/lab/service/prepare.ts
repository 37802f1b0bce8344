import { type ServiceError, status } from "@grpc/grpc-js";
import { openChannel } from "../../arms/grpc/grpc-channel.js";
import { firstMetadata } from "../../arms/operation/grpc-request.js";
import { findMethod, type MethodData } from "../../arms/operation/method.js";
import { calledAt, type PreparedOperation, readInputs } from "../../arms/operation/open.js";
import { type GrpcOperation, type Operation, sayOperation } from "../../arms/operation/operation.js";
import { readProtoFiles } from "../../arms/operation/proto-files.js";
import { reflect } from "../../arms/operation/reflection.js";
import { Secrets } from "../../arms/operation/secrets.js";
import { WireMeter } from "../../arms/wire.js";
import { WirelabError } from "../../errors.js";
import type { PreparedService } from "../../experiment/plan/service-plan.js";
import type { Endpoints } from "../../hosts/host.js";
import { findService, type ServiceAddress } from "../../hosts/service-address.js";
import {
  addressOf,
  inTheClear,
  type OperationContext,
  type PrepareOptions,
  speaksTlsUnasked,
} from "./address.js";
import { firstCall } from "./first-call.js";
import type { Service } from "./service.js";
import { Turns } from "./turns.js";

/**
 * Finds the servers of a service, learns what its gRPC methods are, and makes one call of each operation, so that what is wrong is
 * told before anything is measured. Throws `usage` for what cannot be asked, `server-failed` for what does not answer as it must.
 */
export async function prepareService(
  { operations, sameWork, bounds }: Service,
  options: PrepareOptions,
): Promise<PreparedService> {
  const secrets = new Secrets();
  const turns = new Turns(bounds);
  const turn = () => turns.next();
  const prepared: Record<string, PreparedOperation> = {};
  try {
    // One after another: all at once would be more a second than a server elsewhere may be asked.
    for (const [name, operation] of Object.entries(operations)) {
      prepared[name] = await prepareOperation(operation, { ...options, name, secrets, turn });
    }
  } catch (error) {
    throw secrets.redacted(error);
  }
  return { operations: prepared, sameWork, bounds, callsBefore: turns.taken };
}

async function prepareOperation(operation: Operation, given: OperationContext): Promise<PreparedOperation> {
  const { name } = given;
  const address = addressOf(operation, name);
  const { host, elsewhere } = await findService(address, given, name);
  const context = elsewhere ? given : { ...given, turn: async () => {} };
  const endpoints = endpointsOf(operation, { ...address, host, asWritten: address.host });
  const method = operation.kind === "rest" ? null : await methodOf(operation, endpoints, context);
  const prepared = { operation, endpoints, method, elsewhere };
  await firstCall(prepared, context);
  return prepared;
}

interface Found extends ServiceAddress {
  readonly asWritten: string;
}

/** Where clients call; what it takes to trust it they read from the operation's files themselves. */
function endpointsOf({ kind }: Operation, { host, port, trust, name, asWritten }: Found): Endpoints {
  const at = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  // A certificate is for the name that was given, not for the address that the name has led to.
  const named = name !== host || host !== asWritten;
  if (kind === "rest") {
    const tls = trust && { tls: named ? { restName: name } : {} };
    return { restUrl: `http${trust === undefined ? "" : "s"}://${at}`, grpcAddress: null, ...tls };
  }
  const tls = trust && { tls: named ? { grpcName: name } : {} };
  return { restUrl: null, grpcAddress: at, ...tls };
}

async function methodOf(
  operation: GrpcOperation,
  endpoints: Endpoints,
  context: OperationContext,
): Promise<MethodData> {
  const { name } = context;
  const { protoFiles, includeDirs, method } = operation;
  if (protoFiles !== undefined)
    return findMethod(readProtoFiles({ protoFiles, includeDirs }, name), method, name);
  return findMethod(await reflected(operation, endpoints, context), method, name);
}

async function reflected(operation: GrpcOperation, endpoints: Endpoints, context: OperationContext) {
  const { name, timeoutMs, secrets, turn } = context;
  const channel = openChannel({
    endpoints: calledAt(endpoints, operation, name),
    nextConnectionId: () => 0,
    wire: new WireMeter(),
  });
  try {
    const metadata = firstMetadata(operation, readInputs(operation, name, secrets));
    return await reflect({ client: channel.client, metadata, timeoutMs, turn });
  } catch (error) {
    if (error instanceof WirelabError) throw error;
    if (await speaksTlsUnasked(operation, context)) {
      throw new WirelabError("server-failed", `${name}: ${sayOperation(operation)} ${inTheClear(operation)}`);
    }
    const { code, details } = error as ServiceError;
    const why =
      code === status.UNIMPLEMENTED
        ? "it has no reflection"
        : `its reflection said ${status[code] ?? "UNKNOWN"}: ${details}`;
    throw new WirelabError(
      "server-failed",
      `${name}: the server at ${operation.target} does not say what ${operation.method} is (${why}): give its .proto files as protoFiles.`,
    );
  } finally {
    channel.close();
  }
}
