import { type ServerErrorResponse, status } from "@grpc/grpc-js";
import { InvalidRequest } from "../work/invalid-request.js";

/** The status that a call ends with when its work threw `error`. */
export function toStatus(error: unknown): ServerErrorResponse {
  if (error instanceof InvalidRequest) {
    return Object.assign(error, { code: status.INVALID_ARGUMENT, details: error.message });
  }
  console.error(error);
  const sentence = "The server failed; it says why on its standard error.";
  return Object.assign(new Error(sentence), { code: status.INTERNAL, details: sentence });
}
