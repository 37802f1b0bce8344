import type { LabRound } from "../calling/lab-round.js";
import { protoFolder } from "../proto-folder.js";
import type { Tool } from "./tool.js";

/** ghz (https://ghz.sh): a gRPC client in Go. Its callers share so many connections as those of the lab's arm do. */
const ghzFor = (arm: Tool<LabRound>["arm"], connections: number): Tool<LabRound> => ({
  name: "ghz",
  install: "go install github.com/bojand/ghz/cmd/ghz@latest",
  arm,
  args: ({ grpcAddress }, { callers, seconds }) => [
    ...["--insecure", "-i", protoFolder, "--proto", "increment.proto"],
    ...["--call", "increment.Incrementer.Increment", "-d", '{"value":1}'],
    ...["-c", `${callers}`, "--connections", `${connections}`],
    ...["-z", `${seconds}s`, "--duration-stop", "ignore"],
    // The one format that is exact and does not list every call, which would be in its processor time.
    ...["-O", "influx-summary", grpcAddress],
  ],
  read: readGhz,
});

export const ghz = ghzFor("grpc", 1);

export const ghzOfTenConnections = ghzFor("grpc-http2", 10);

/**
 * The calls that ghz made, their median and their rate, from its line for InfluxDB.
 *
 * @throws Error when a call failed or there was none
 */
export function readGhz(line: string): LabRound {
  // The fields stand between what was asked and the time of day.
  const fields = line.trim().split(" ").at(-2)?.split(",") ?? [];
  const values = new Map(fields.map((one) => one.split("=") as [string, string]));
  const field = (name: string) => Number(values.get(name));
  const [calls, errors] = [field("count"), field("errors")];
  if (errors > 0) throw new Error(`${errors} of ${calls} calls of ghz failed`);
  if (!(calls > 0)) throw new Error(`ghz made no calls: ${line.slice(0, 300)}`);
  // It counts in ns.
  return { calls, medianMs: field("median") / 1e6, callsPerSecond: field("rps") };
}
