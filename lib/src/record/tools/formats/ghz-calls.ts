import type { ToolCall } from "../call.js";

/** What ghz's files of calls have in common. */
export const ghzCovers = "from when gRPC begins the call to its end, without opening the connection";

/** gRPC's codes by their numbers, as Go writes them. */
const statusNames = [
  "OK",
  "Canceled",
  "Unknown",
  "InvalidArgument",
  "DeadlineExceeded",
  "NotFound",
  "AlreadyExists",
  "PermissionDenied",
  "ResourceExhausted",
  "FailedPrecondition",
  "Aborted",
  "OutOfRange",
  "Unimplemented",
  "Internal",
  "Unavailable",
  "DataLoss",
  "Unauthenticated",
];

/** How a call of ghz went; its status is -1 where Go has another word for it. */
export function ghzOutcome(
  status: string,
  error: string,
): Pick<ToolCall, "protocol" | "ok" | "status" | "error"> {
  const ok = status === "OK" && error === "";
  return { protocol: "grpc", ok, status: statusNames.indexOf(status), error: ok ? "" : error || status };
}
