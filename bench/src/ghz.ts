import { fileURLToPath } from "node:url";
import type { Tool } from "./against-tool.js";
import { outputOf } from "./child.js";
import type { LabRound } from "./lab-round.js";
import { rangeOf } from "./range.js";

const proto = fileURLToPath(new URL("../../proto/increment.proto", import.meta.url));

/** ghz (https://ghz.sh): a gRPC client in Go. */
export const ghz: Tool = {
  name: "ghz",
  install: "go install github.com/bojand/ghz/cmd/ghz@latest",
  arm: "grpc",
  async second(program, host, options) {
    const call = ["--insecure", "--proto", proto, "--call", "increment.Incrementer.Increment"];
    const load = [
      "-c",
      String(options.callers),
      "--connections",
      "1",
      "-z",
      "1s",
      "--duration-stop",
      "ignore",
      "-d",
      '{"value":1}',
    ];
    const args = [...call, ...load, "-O", "json", host.endpoints.grpcAddress];
    return readGhz(await outputOf(program, args, options));
  },
};

interface GhzReport {
  readonly rps?: number;
  readonly details?: readonly { readonly latency: number; readonly status: string }[];
}

/**
 * The median of the calls that ghz made and their rate, from its JSON with details.
 *
 * @throws Error when a call failed or there was none
 */
export function readGhz(json: string): LabRound {
  const { details = [], rps = Number.NaN } = JSON.parse(json) as GhzReport;
  const failed = details.find(({ status }) => status !== "OK");
  if (failed !== undefined) throw new Error(`ghz had a call that ended with ${failed.status}`);
  if (details.length === 0) throw new Error("ghz made no calls");
  // Details are in ns.
  return { medianMs: rangeOf(details.map(({ latency }) => latency / 1e6)).median, callsPerSecond: rps };
}
