import { once } from "node:events";
import { connect } from "node:http2";
import { expect, onTestFinished, test } from "vitest";
import { startServers } from "../serve.js";

/** What a client of a server may send before it has leave to go on: on a stream, and on the connection. */
async function windowsOf(windowBytes?: number) {
  const own = windowBytes === undefined ? {} : { windowBytes };
  const servers = await startServers({ restPort: 0, grpcPort: 0, works: ["payload"], ...own });
  onTestFinished(() => servers.close());
  const session = connect(`http://${servers.grpcAddress}`);
  onTestFinished(() => session.destroy());
  await once(session, "remoteSettings");
  // What the server says of the connection's window comes right after its settings, and before its answer to this.
  await new Promise((resolve) => session.ping(resolve));
  return { stream: session.remoteSettings.initialWindowSize, connection: session.state.remoteWindowSize };
}

test("grpc-js gives leave for 65,535 bytes, and for as many as it is told to", async () => {
  expect(await windowsOf()).toEqual({ stream: 65_535, connection: 65_535 });
  expect(await windowsOf(1_048_576)).toEqual({ stream: 1_048_576, connection: 1_048_576 });
});
