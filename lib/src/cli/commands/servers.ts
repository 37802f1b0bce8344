import { Argument, Command } from "commander";
import { WirelabError } from "../../errors.js";
import { describeDeath } from "../../hosts/first-message.js";
import type { Endpoints, Host, Protocol } from "../../hosts/host.js";
import { wholeNumber } from "../arguments/options.js";

interface ServersOptions {
  readonly port?: number;
  readonly restPort: number;
  readonly grpcPort: number;
  readonly host?: string;
  readonly maxMessage?: number;
  readonly workers: number;
  readonly tls?: boolean;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly tlsCaOut?: string;
}

const port = wholeNumber({ least: 0, most: 65_535 });

/** `wirelab servers`: both servers, or one, in the foreground, for other clients and tools. */
export function serversCommand(): Command {
  return (
    new Command("servers")
      .description("Start the REST and the gRPC server in the foreground; Ctrl-C ends both.")
      .addArgument(
        new Argument("[protocol]", "one of them alone, in a process that loads nothing of the other").choices(
          ["rest", "grpc"],
        ),
      )
      .option("--port <port>", "port of that one", port)
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
      .option(
        "--workers <count>",
        "processes that share the ports, each connection with one of them",
        wholeNumber({ least: 1, most: 256 }),
        1,
      )
      .option("--tls", "encrypt both, with a certificate that is made now and holds for a week")
      .option(
        "--tls-ca-out <file>",
        "where to write the authority that clients have to trust, as PEM; means --tls",
      )
      .option("--tls-cert <file>", "your own certificate as PEM, with --tls-key in place of one that is made")
      .option("--tls-key <file>", "its key as PEM")
      .addHelpText(
        "after",
        "\nExample:\n  $ wirelab servers --rest-port 5000 --grpc-port 50051\n  $ wirelab servers rest --port 5000\n  $ wirelab servers --tls-ca-out ca.pem",
      )
      .action(runServers)
  );
}

async function runServers(protocol: Protocol | undefined, options: ServersOptions): Promise<void> {
  if (protocol === undefined && options.port !== undefined) {
    throw new WirelabError(
      "usage",
      "--port is of one server: say which, as in wirelab servers rest --port 5000, or give --rest-port and --grpc-port.",
    );
  }
  const { host, maxMessage, workers, tls, tlsCert, tlsKey, tlsCaOut } = options;
  // Express looks at it when it is loaded.
  process.env.NODE_ENV = "production";
  const { startHost, tlsOption } = await import("../../hosts/start.js");
  const running = await startHost(workers > 1 ? "child" : "in-process", {
    restPort: options.port ?? options.restPort,
    grpcPort: options.port ?? options.grpcPort,
    protocols: protocol === undefined ? ["rest", "grpc"] : [protocol],
    ...(host !== undefined && { address: host }),
    ...(maxMessage !== undefined && { maxMessageBytes: maxMessage }),
    workers,
    ...tlsOption({ tls, certFile: tlsCert, keyFile: tlsKey, caOutFile: tlsCaOut }),
  });
  const stopped = untilStopped(running);
  console.log(announcement(running.endpoints, tlsCaOut));
  const death = await Promise.race([stopped, running.died]);
  if (death === "stopped") return;
  throw new WirelabError("server-failed", `The servers ended (${describeDeath(death)}): start them again.`);
}

/** Stops the servers at the first signal that asks for it. */
function untilStopped(running: Host): Promise<"stopped"> {
  return new Promise((resolve) => {
    const end = async () => {
      process.off("SIGINT", end);
      process.off("SIGTERM", end);
      await running.stop();
      resolve("stopped");
    };
    process.on("SIGINT", end);
    process.on("SIGTERM", end);
  });
}

function announcement({ restUrl, grpcAddress, tls }: Endpoints, caFile?: string): string {
  // Without a file to trust, these examples trust whatever answers.
  const curl = tls === undefined ? "" : caFile === undefined ? " --insecure" : ` --cacert ${caFile}`;
  const grpcurl =
    tls === undefined ? " -plaintext" : caFile === undefined ? " -insecure" : ` -cacert ${caFile}`;
  return [
    ...(restUrl === null
      ? []
      : [
          `REST  ${restUrl}`,
          `      curl -s${curl} ${restUrl}/increment -H 'Content-Type: application/json' -d '{"value": 41}'`,
        ]),
    ...(grpcAddress === null
      ? []
      : [
          `gRPC  ${grpcAddress}`,
          `      grpcurl${grpcurl} -d '{"id": 1, "value": 41}' ${grpcAddress} increment.Incrementer/Increment`,
        ]),
    ...(caFile === undefined ? [] : [`Clients trust ${caFile}.`]),
    restUrl === null || grpcAddress === null ? "Ctrl-C ends it." : "Ctrl-C ends both.",
  ].join("\n");
}
