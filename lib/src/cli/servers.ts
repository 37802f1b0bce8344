import { Command } from "commander";
import type { Endpoints } from "../hosts/host.js";
import { wholeNumber } from "./options.js";

interface ServersOptions {
  readonly restPort: number;
  readonly grpcPort: number;
  readonly host?: string;
  readonly maxMessage?: number;
}

const port = wholeNumber({ least: 0, most: 65_535 });

/** `wirelab servers`: both servers in the foreground, for other clients and tools. */
export function serversCommand(): Command {
  return (
    new Command("servers")
      .description("Start the REST and the gRPC server in the foreground; Ctrl-C ends both.")
      .option("--rest-port <port>", "port of the REST server, 0 for any free one", port, 5000)
      .option("--grpc-port <port>", "port of the gRPC server, 0 for any free one", port, 50_051)
      .option(
        "--host <address>",
        "address to listen on (default: 127.0.0.1, which only this machine reaches)",
      )
      // grpc-js counts bytes in an int32.
      .option(
        "--max-message <bytes>",
        "largest body or message, either way (default: 16 MiB)",
        wholeNumber({ least: 1, most: 2 ** 31 - 1 }),
      )
      .addHelpText("after", "\nExample:\n  $ wirelab servers --rest-port 5000 --grpc-port 50051")
      .action(runServers)
  );
}

async function runServers({ restPort, grpcPort, host, maxMessage }: ServersOptions): Promise<void> {
  // Express looks at it when it is loaded.
  process.env.NODE_ENV = "production";
  const { startHost } = await import("../hosts/start.js");
  const running = await startHost("in-process", {
    restPort,
    grpcPort,
    ...(host !== undefined && { address: host }),
    ...(maxMessage !== undefined && { maxMessageBytes: maxMessage }),
  });
  const end = () => {
    process.off("SIGINT", end);
    process.off("SIGTERM", end);
    void running.stop();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  console.log(announcement(running.endpoints));
}

function announcement({ restUrl, grpcAddress }: Endpoints): string {
  return [
    `REST  ${restUrl}`,
    `      curl -s ${restUrl}/increment -H 'Content-Type: application/json' -d '{"value": 41}'`,
    `gRPC  ${grpcAddress}`,
    `      grpcurl -plaintext -d '{"id": 1, "value": 41}' ${grpcAddress} increment.Incrementer/Increment`,
    "Ctrl-C ends both.",
  ].join("\n");
}
