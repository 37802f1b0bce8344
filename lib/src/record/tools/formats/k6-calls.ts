import type { ToolCall } from "../call.js";
import { isGood } from "../reading/cells.js";

/** The metrics of k6 of which one value is one call. */
export const callMetrics: ReadonlyMap<string, "rest" | "grpc"> = new Map([
  ["http_req_duration", "rest"],
  ["grpc_req_duration", "grpc"],
]);

/** What k6's files of calls have in common. */
export const k6Covers =
  "for HTTP from the request's first byte to the answer's last, without waiting for a connection, connecting and TLS; " +
  "for gRPC from begin to end";

/** What a point is tagged with, as far as a call is told by it; "" for what is not there. */
export interface K6Tags {
  readonly method: string;
  readonly name: string;
  readonly status: string;
  readonly error: string;
  readonly errorCode: string;
  readonly expected: string;
}

/** What of a call k6's tags tell: its endpoint, and whether it went well. */
export function taggedCall(
  protocol: "rest" | "grpc",
  { method, name, status, error, errorCode, expected }: K6Tags,
): Pick<ToolCall, "endpoint" | "protocol" | "ok" | "status" | "error"> {
  const number = /^\d{1,9}$/.test(status) ? Number(status) : -1;
  const answered = protocol === "rest" && number === 0 ? -1 : number;
  const ok =
    expected === ""
      ? errorCode === "" && error === "" && (answered < 0 ? false : isGood(answered))
      : expected === "true";
  const code = errorCode === "" ? "" : `k6 error ${errorCode}`;
  const why = error || code || (protocol === "grpc" ? `gRPC status ${status}` : `status ${status}`);
  return {
    endpoint: protocol === "rest" ? `${method} ${name}`.trim() : name,
    protocol,
    ok,
    status: answered,
    error: ok ? "" : why,
  };
}
