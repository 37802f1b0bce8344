import { existsSync } from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
// Brings the types that .proto files import from Google without having them, such as google/protobuf/descriptor.proto.
import "@grpc/proto-loader";
import protobuf from "protobufjs";
import { WirelabError } from "../../errors.js";
import { readNamed } from "./values.js";

/** Where .proto files and what they import are found. */
export interface ProtoFiles {
  readonly protoFiles: readonly string[];
  readonly includeDirs?: readonly string[] | undefined;
}

/** Reads .proto files and their imports; throws `usage` for one that is not there or cannot be read, naming who imports it. */
export function readProtoFiles({ protoFiles, includeDirs = [] }: ProtoFiles, where: string): protobuf.Root {
  const folders = [...includeDirs, ...new Set(protoFiles.map(dirname))];
  for (const file of protoFiles) readNamed(file, `${where}.protoFiles`);
  const root = new protobuf.Root();
  root.resolvePath = (origin, target) => {
    if (origin === "" || isAbsolute(target)) return target;
    const found = [dirname(origin), ...folders].map((folder) => join(folder, target)).find(existsSync);
    if (found !== undefined) return found;
    throw new WirelabError(
      "usage",
      `${where}.protoFiles: ${origin} imports ${target}, which is in none of ${[...new Set(folders)].join(", ")}: give the folder that it is named from in includeDirs.`,
    );
  };
  try {
    root.loadSync([...protoFiles], { keepCase: true }).resolveAll();
    return root;
  } catch (cause) {
    if (cause instanceof WirelabError) throw cause;
    throw new WirelabError("usage", `${where}.protoFiles cannot be read: ${(cause as Error).message}.`, {
      cause,
    });
  }
}
