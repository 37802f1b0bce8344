import { parseServeArguments } from "../arguments.js";
import { runEntry } from "../entry-process.js";
import type { Bind } from "../listen-error.js";
import { formatAddress, type Listening } from "../listening.js";
import { PlantedDelay } from "../planted-delay.js";
import type { Protocol } from "../protocols.js";
import type { ServingOptions } from "../served-work.js";
import { defaultMaxMessageBytes } from "../server-options.js";

/** Brings one rung of the ladder up. */
type StartRung = (bind: Bind, options: ServingOptions) => Promise<Listening>;

const defaultHost = "127.0.0.1";

/**
 * Runs one rung as the whole of this process, which then holds its layers and nothing above them; `side` says which of the
 * two ports it takes. Its arguments are those of the servers, as far as a rung has a use for them.
 */
export function serveRung(side: Protocol, start: StartRung): Promise<void> {
  return runEntry({
    start: async () => {
      const options = parseServeArguments(process.argv.slice(2));
      const { host = defaultHost, maxMessageBytes = defaultMaxMessageBytes } = options;
      const plantedDelay = new PlantedDelay();
      const port = side === "rest" ? options.restPort : options.grpcPort;
      const listening = await start({ host, port }, { plantedDelay, maxMessageBytes });
      const address = formatAddress(host, listening.port);
      return {
        restUrl: side === "rest" ? `http://${address}` : null,
        grpcAddress: side === "grpc" ? address : null,
        plantDelay: (delayUs) => {
          plantedDelay.delayUs = delayUs;
        },
        close: listening.close,
      };
    },
  });
}
