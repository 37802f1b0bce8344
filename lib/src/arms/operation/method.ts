import protobuf from "protobufjs";
import { WirelabError } from "../../errors.js";
import { listed, nearest } from "./nearest.js";

/** A gRPC method as data: its kind, and all types that its messages are made of. */
export interface MethodData {
  /** `/package.Service/Method`. */
  readonly path: string;
  readonly requestType: string;
  readonly responseType: string;
  readonly requestStream: boolean;
  readonly responseStream: boolean;
  readonly types: protobuf.INamespace;
}

/** The types of a method, from its data. */
export function typesOf({ types, requestType, responseType }: MethodData): {
  readonly request: protobuf.Type;
  readonly response: protobuf.Type;
} {
  const root = protobuf.Root.fromJSON(types).resolveAll();
  return { request: root.lookupType(requestType), response: root.lookupType(responseType) };
}

/** `package.Service/Method` apart; throws `usage` for what is no such name. */
export function methodName(method: string, where: string): { service: string; name: string } {
  const [, service, name] = /^\/?([\w.]+)\/(\w+)$/.exec(method) ?? [];
  if (service !== undefined && name !== undefined) return { service, name };
  throw new WirelabError(
    "usage",
    `${where}.method: "${method}" is no gRPC method: write it like package.Service/Method.`,
  );
}

/** Finds a method in types that were read; one that is not there is a `usage` error that lists those that are. */
export function findMethod(root: protobuf.Root, method: string, where: string): MethodData {
  const { service: serviceName, name } = methodName(method, where);
  const services = servicesOf(root);
  const service = services.find((one) => one.fullName.slice(1) === serviceName);
  if (service === undefined) {
    const names = services.map(({ fullName }) => fullName.slice(1));
    throw unknown(`${where}.method: there is no service ${serviceName}`, serviceName, names);
  }
  const found = service.methods[name];
  if (found === undefined) {
    const names = Object.keys(service.methods);
    throw unknown(`${where}.method: ${serviceName} has no method ${name}`, name, names);
  }
  found.resolve();
  const { resolvedRequestType, resolvedResponseType, requestStream, responseStream } = found;
  if (resolvedRequestType === null || resolvedResponseType === null) {
    throw new WirelabError("usage", `${where}.method: the types of ${method} cannot be found.`);
  }
  return {
    path: `/${serviceName}/${name}`,
    requestType: resolvedRequestType.fullName.slice(1),
    responseType: resolvedResponseType.fullName.slice(1),
    requestStream: requestStream ?? false,
    responseStream: responseStream ?? false,
    types: root.toJSON(),
  };
}

/** The names of all methods that its types come with, as they are written in an operation. */
export function methodsIn({ types }: MethodData): string[] {
  return servicesOf(protobuf.Root.fromJSON(types)).flatMap((service) =>
    Object.keys(service.methods).map((name) => `${service.fullName.slice(1)}/${name}`),
  );
}

/** The kind of a method in words. */
export function kindOf({ requestStream, responseStream }: MethodData): string {
  if (requestStream) return responseStream ? "two-way stream" : "client stream";
  return responseStream ? "server stream" : "unary";
}

/** What is not there, what may have been meant, and what there is. */
export function unknown(what: string, name: string, names: readonly string[]): WirelabError {
  const meant = nearest(name, names);
  const perhaps = meant === null ? "" : ` (did you mean ${meant}?)`;
  const there =
    names.length === 0 ? "there are none" : `there ${names.length === 1 ? "is" : "are"} ${listed(names)}`;
  return new WirelabError("usage", `${what}${perhaps}; ${there}.`);
}

function servicesOf(namespace: protobuf.NamespaceBase): protobuf.Service[] {
  return namespace.nestedArray.flatMap((one) => {
    if (one instanceof protobuf.Service) return [one];
    return one instanceof protobuf.Namespace ? servicesOf(one) : [];
  });
}
