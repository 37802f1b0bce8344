import type { Shape } from "./options.js";

/** Where the link's process listens, and what for: the first argument that it is started with, as JSON. */
export interface LinkArguments {
  readonly doors: readonly Door[];
}

/** A port of the link and what is behind it. */
export interface Door {
  /** 0 is any free port. */
  readonly port: number;
  readonly targetHost: string;
  /** Null is the link's own echo. */
  readonly targetPort: number | null;
}

/** What the path of new connections is from now on. */
export interface ShapeRequest {
  readonly shape: Shape;
  /** What the link takes longer than its schedule, of a round trip; it is subtracted. */
  readonly compensationMs: number;
}

/** What the link's process tells whoever started it. */
export type LinkMessage =
  | { readonly type: "listening"; readonly ports: readonly number[]; readonly echoPort: number }
  | { readonly type: "shaped" }
  | { readonly type: "failed"; readonly code: "port-in-use" | "failed"; readonly message: string };
