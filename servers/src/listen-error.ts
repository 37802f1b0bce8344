/** Where a protocol is to listen; port 0 is any free one. */
export interface Bind {
  readonly host: string;
  readonly port: number;
}

/** A server could not begin to listen; the message says where, why and what to do. */
export class ListenError extends Error {
  override readonly name = "ListenError";
  readonly code: "port-in-use" | "cannot-listen";

  constructor(code: ListenError["code"], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The `ListenError` for what Node or grpc-js said; grpc-js only says it in words. */
export function listenError(protocol: "REST" | "gRPC", { host, port }: Bind, cause: Error): ListenError {
  if (cause.message.includes("EADDRINUSE")) {
    return new ListenError(
      "port-in-use",
      `Port ${port} on ${host} is in use, so the ${protocol} server can't listen there: end what uses it, or choose another ${protocol} port (0 is any free one).`,
      { cause },
    );
  }
  return new ListenError(
    "cannot-listen",
    `The ${protocol} server can't listen on ${host} port ${port} (${reason(cause)}): give an address of this machine and a port that you may use.`,
    { cause },
  );
}

function reason(cause: Error): string {
  const { code } = cause as { code?: unknown };
  return typeof code === "string" ? code : (/\bE[A-Z]{4,}\b/.exec(cause.message)?.[0] ?? cause.message);
}
