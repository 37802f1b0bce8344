import { createRequire } from "node:module";
import { type Client, type Metadata, type ServiceError, status } from "@grpc/grpc-js";
import protobuf from "protobufjs";
import descriptor from "protobufjs/ext/descriptor/index.js";
import { converse, type Heard } from "./converse.js";
import { findMethod, typesOf } from "./method.js";
import { readProtoFiles } from "./proto-files.js";

/** What a server says of itself by gRPC's reflection; of its answers the fields that are used here. */
interface ReflectionAnswer {
  readonly file_descriptor_response?: { readonly file_descriptor_proto: readonly Uint8Array[] };
  readonly list_services_response?: { readonly service: readonly { readonly name: string }[] };
  readonly error_response?: { readonly error_code: number; readonly error_message: string };
}

type Ask = (requests: readonly object[]) => Promise<readonly ReflectionAnswer[]>;

/** How a server is asked for its reflection. */
export interface ReflectionOptions {
  readonly client: Client;
  /** As the operation itself has it: reflection may take the same token. */
  readonly metadata: Metadata;
  readonly timeoutMs: number;
  /** Waited for before each call. */
  readonly turn: () => Promise<void>;
}

/**
 * The types of all services that a server tells of, by reflection v1 or, where it has none, v1alpha. Rejects with grpc-js'
 * `ServiceError`, `UNIMPLEMENTED` where the server has neither.
 */
export async function reflect(options: ReflectionOptions): Promise<protobuf.Root> {
  try {
    return await reflectBy(asker("v1", options));
  } catch (error) {
    if ((error as ServiceError).code !== status.UNIMPLEMENTED) throw error;
    return reflectBy(asker("v1alpha", options));
  }
}

async function reflectBy(ask: Ask): Promise<protobuf.Root> {
  const [services] = await ask([{ list_services: "*" }]);
  const names = services?.list_services_response?.service.map(({ name }) => name) ?? [];
  const files = new Map<string, protobuf.Message>();
  await collect(
    names.map((name) => ({ file_containing_symbol: name })),
    files,
    ask,
  );
  const set = descriptor.FileDescriptorSet.create({ file: [...files.values()] });
  const root = rootOf(set);
  root.resolveAll();
  return root;
}

/** What protobufjs' descriptor extension adds, of which it says nothing in its types. */
function rootOf(set: protobuf.Message): protobuf.Root {
  const { fromDescriptor } = protobuf.Root as unknown as { fromDescriptor(set: object): protobuf.Root };
  return fromDescriptor(set);
}

/** Asks for files, and for what they import, until all are there; a service whose file the server cannot give is left out. */
async function collect(
  requests: readonly object[],
  files: Map<string, protobuf.Message>,
  ask: Ask,
): Promise<void> {
  if (requests.length === 0) return;
  const answers = await ask(requests);
  const found = answers.flatMap((one) => one.file_descriptor_response?.file_descriptor_proto ?? []);
  const wanted = new Set<string>();
  for (const bytes of found) {
    const file = descriptor.FileDescriptorProto.decode(bytes);
    const { name, dependency } = file as unknown as { name: string; dependency: readonly string[] };
    files.set(name, file);
    for (const each of dependency) wanted.add(each);
  }
  const missing = [...wanted].filter((name) => !files.has(name));
  const asked = new Set(
    requests.map((request) => (request as { file_by_filename?: string }).file_by_filename),
  );
  const next = missing.filter((name) => !asked.has(name));
  await collect(
    next.map((name) => ({ file_by_filename: name })),
    files,
    ask,
  );
}

const require = createRequire(import.meta.url);

function asker(version: "v1" | "v1alpha", { client, metadata, timeoutMs, turn }: ReflectionOptions): Ask {
  const file = require.resolve(`@grpc/reflection/build/proto/grpc/reflection/${version}/reflection.proto`);
  const name = `grpc.reflection.${version}.ServerReflection/ServerReflectionInfo`;
  const method = findMethod(readProtoFiles({ protoFiles: [file] }, "reflection"), name, "reflection");
  const { request, response } = typesOf(method);
  return async (requests) => {
    await turn();
    return new Promise((resolve, reject) => {
      const stream = client.makeBidiStreamRequest<object, object>(
        method.path,
        (message) => Buffer.from(request.encode(message as protobuf.Message).finish()),
        (bytes) => response.decode(bytes),
        metadata,
        { deadline: Date.now() + timeoutMs },
      );
      converse(stream, {
        messages: requests.map((each) => request.fromObject(each)),
        turns: "one-by-one",
        onAnswer: (error, heard) => {
          if (error !== null) reject(error);
          else resolve((heard as Heard).messages as readonly ReflectionAnswer[]);
        },
      });
    });
  };
}
