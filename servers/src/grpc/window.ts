import type { Http2Server, ServerHttp2Session } from "node:http2";
import type { Server, ServerCredentials } from "@grpc/grpc-js";

/**
 * Lets a client have so many bytes on the way before it has to wait for leave, on a stream and on a connection alike. grpc-js
 * has an option for this on its client only, where it limits answers; so this takes the HTTP/2 server that it makes
 * for itself, before that listens.
 */
export function setWindow(server: Server, windowBytes: number): void {
  // biome-ignore lint/complexity/useLiteralKeys: it is private, and only by its name in brackets to be had.
  const create: (credentials: ServerCredentials) => Http2Server = server["createHttp2Server"].bind(server);
  // biome-ignore lint/complexity/useLiteralKeys: as above.
  server["createHttp2Server"] = (credentials: ServerCredentials) => {
    const made = create(credentials);
    made.updateSettings({ initialWindowSize: windowBytes });
    made.on("session", (session: ServerHttp2Session) => session.setLocalWindowSize(windowBytes));
    return made;
  };
}
