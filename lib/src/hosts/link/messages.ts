import type { LinkParameters } from "./parameters.js";
import type { Target } from "./relay.js";

/** What a link's process is told, in its one argument as JSON. */
export interface LinkStart {
  readonly targets: { readonly rest: Target; readonly grpc: Target };
  readonly link: LinkParameters;
  readonly seed: number;
}

/** What it is asked while it runs. */
export interface LinkRequest {
  readonly type: "ping";
  readonly count: number;
}

/** What it says. */
export type LinkMessage =
  | { readonly type: "listening"; readonly restPort: number; readonly grpcPort: number }
  | { readonly type: "pinged"; readonly tookMs: readonly number[] }
  | { readonly type: "failed"; readonly message: string };
