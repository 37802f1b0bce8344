import { fileURLToPath } from "node:url";
import { loadSync, type Options, type PackageDefinition } from "@grpc/proto-loader";

// `src/` and `dist/` are equally deep, so this holds for the built file and for the tests.
const protoFolder = fileURLToPath(new URL("../../proto/", import.meta.url));

/** The same options as the type generator's in package.json: types and values must not differ. */
export const protoOptions: Options = { keepCase: true, longs: Number, defaults: true, oneofs: true };

/** Loads files of `proto/`; holds nothing of grpc-js, so REST can read and write the same messages without it. */
export function loadProto(...files: readonly string[]): PackageDefinition {
  return loadSync([...files], { ...protoOptions, includeDirs: [protoFolder] });
}
