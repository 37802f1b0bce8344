import { fileURLToPath } from "node:url";

/** Where the gRPC contracts are. */
export const protoFolder = fileURLToPath(new URL("../../proto", import.meta.url));
