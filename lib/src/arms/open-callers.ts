import type { Caller, CallerOptions, CallingArm } from "./arm.js";
import { Watchdog } from "./watchdog.js";
import { WireMeter } from "./wire.js";

/** How callers share connections. */
interface Spread<Connection, Input, Output> {
  readonly connections: number;
  connect(wire: WireMeter): Connection;
  caller(connection: Connection, watchdog: Watchdog): Caller<Input, Output>;
}

/** Opens callers that take turns on so many connections, all watched by one timer and counted together. */
export function openCallers<Connection extends { close(): void }, Input, Output>(
  options: CallerOptions,
  spread: Spread<Connection, Input, Output>,
): CallingArm<Input, Output> {
  const wire = new WireMeter();
  const connections = Array.from({ length: spread.connections }, () => spread.connect(wire));
  const watchdog = new Watchdog(options);
  return {
    kind: "calls",
    callers: Array.from({ length: options.callers }, (_, number) =>
      spread.caller(connections[number % connections.length] as Connection, watchdog),
    ),
    wire: () => wire.read(),
    close: async () => {
      watchdog.close();
      for (const connection of connections) connection.close();
    },
  };
}
