import { AsyncResource } from "node:async_hooks";
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from "node:http2";

let asking = false;
let installed = false;

/**
 * `session.request`, whose stream a quick collection can take once it is over. Node 20 and 22 bind every request by
 * `AsyncResource.bind`, which defines an accessor on the function it returns; V8 makes a hidden class for each such function,
 * and what that reaches, here the whole stream, lives until all of the heap is collected. At 5,000 calls a second the quick
 * collections then copy a third of what was allocated, 9 ms at a time. Nobody reads the accessor here, so it is left out, and for
 * these requests only: other clients in the process, grpc-js among them, are bound as ever. From Node 24 on streams hold
 * themselves in the same way, and this changes little.
 */
export function requestShortLived(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
): ClientHttp2Stream {
  install();
  asking = true;
  try {
    return session.request(headers);
  } finally {
    asking = false;
  }
}

/** Once, and told apart by a flag: a method that came and went with every request would make V8 forget what it knows of it. */
function install(): void {
  if (installed) return;
  installed = true;
  const { bind } = AsyncResource.prototype;
  AsyncResource.prototype.bind = function (this: AsyncResource, ...bound: Parameters<typeof bind>) {
    const [request] = bound;
    if (!asking) return bind.apply(this, bound);
    return (...values: unknown[]) => this.runInAsyncScope(request, undefined, ...values);
  } as typeof bind;
}
