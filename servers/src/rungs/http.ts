import { listenRest } from "../rest/listen.js";
import { bytesListener } from "./bytes-listener.js";
import { serveRung } from "./rung-process.js";

/** HTTP/1.1 and nothing above it: any request is answered, whatever its path. */
await serveRung("rest", (bind, options) => listenRest(bytesListener(options), bind));
