/** One call as another tool's file tells of it; NaN and -1 stand for what it does not say. */
export interface ToolCall {
  /** What was called, in the tool's words. */
  readonly endpoint: string;
  readonly protocol: "none" | "rest" | "grpc";
  /** Unix time, or from where the file's own clock begins; the format says which end of the call it marks. */
  readonly atMs: number;
  readonly durationMs: number;
  readonly firstByteMs: number;
  readonly ok: boolean;
  readonly status: number;
  /** "" for none. */
  readonly error: string;
  readonly bytesReceived: number;
}

/** A call of which a file tells these; made by name, because millions of spread objects would take seconds. */
export function toolCall({
  endpoint = "",
  protocol = "none",
  atMs = Number.NaN,
  durationMs,
  firstByteMs = Number.NaN,
  ok = true,
  status = -1,
  error = "",
  bytesReceived = Number.NaN,
}: Partial<ToolCall> & Pick<ToolCall, "durationMs">): ToolCall {
  return { endpoint, protocol, atMs, durationMs, firstByteMs, ok, status, error, bytesReceived };
}

/** One number that a tool printed of many calls. */
export interface ToolNumber {
  /** What was called, or where the tool does not tell, the file. */
  readonly arm: string;
  /** What tells numbers of one arm apart, as a moment; "" for none. */
  readonly condition: string;
  /** In the words of a published table (`data/published/README.md`) where it has one for it. */
  readonly metric: string;
  readonly unit: string;
  readonly value: number;
  /** As printed. */
  readonly digits: string;
}
