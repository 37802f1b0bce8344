import type { CallerOptions } from "../arm.js";
import type { TemplateOptions } from "./template.js";
import type { CallerPlace, Rows } from "./values.js";

/** What is known of one call, whether or not it was as expected. */
export interface Outcome {
  /** Why it was not, in the server's words or ours; "" where the code of the call says all. */
  readonly details: string;
  /** What came, as text. */
  readonly text: () => string;
  /** Messages of a gRPC answer; null for REST. */
  readonly messages: number | null;
}

/** How the callers of an operation are opened. */
export interface OpenOperation extends CallerOptions {
  /** Which of how many callers each of them is, and its seed. */
  place(caller: number): CallerPlace;
}

/** Where an operation's inputs stand, for its templates. */
export interface OperationInputs {
  readonly rows: Rows;
  readonly template: TemplateOptions;
}
