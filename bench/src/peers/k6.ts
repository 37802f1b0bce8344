import { fileURLToPath } from "node:url";
import { protoFolder } from "../proto-folder.js";
import type { Tool, ToolLoad, ToolSaid } from "./tool.js";

const k6 = { name: "k6", install: "go install go.k6.io/k6@latest", read: readK6 };

const argsFor = (script: string, variables: Readonly<Record<string, string>>, load: ToolLoad) => [
  ...["run", "--quiet", "--no-color", "--no-usage-report", "--address", ""],
  ...["--vus", `${load.callers}`, "--duration", `${load.seconds}s`],
  ...Object.entries(variables).flatMap(([name, value]) => ["-e", `${name}=${value}`]),
  fileURLToPath(new URL(`../../tools/${script}`, import.meta.url)),
];

/** k6 (https://k6.io): users who are JavaScript, in Go. */
export const k6Rest: Tool<ToolSaid> = {
  ...k6,
  arm: "rest",
  args: ({ restUrl }, load) => argsFor("k6-rest.js", { REST_URL: restUrl }, load),
};

/** The same over gRPC, a connection for each user. */
export const k6Grpc: Tool<ToolSaid> = {
  ...k6,
  arm: "grpc-http2",
  args: ({ grpcAddress }, load) =>
    argsFor("k6-grpc.js", { GRPC_ADDRESS: grpcAddress, PROTO_FOLDER: protoFolder }, load),
};

/**
 * The calls of k6, from the summary that its scripts in `bench/tools/` write.
 *
 * @throws Error when one failed or there was none
 */
export function readK6(json: string): ToolSaid {
  const { calls, failed } = JSON.parse(json) as { readonly calls: number; readonly failed: number };
  if (failed > 0) throw new Error(`${failed} of ${calls} calls of k6 failed`);
  if (!(calls > 0)) throw new Error("k6 made no calls");
  return { calls };
}
