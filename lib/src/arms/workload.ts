import type { ServiceDefinition } from "@grpc/grpc-js";

/**
 * The work of one call as a client sees it, for every protocol. An arm says how to call, a workload says what:
 * adding a work is adding one of these, and no arm changes.
 */
export interface Workload<Input, Output> {
  readonly name: string;
  /** The input of the first call of a chain. */
  readonly first: Input;
  /** The input that follows from an answer: what makes calls a chain. */
  next(output: Output): Input;
  /** Whether `output` is the right answer to `input`; a wrong one is a failed call. */
  isRight(input: Input, output: Output): boolean;
  /** The work itself, without a call. */
  run(input: Input): Output;
  readonly rest: {
    readonly path: string;
    readonly contentType: string;
    body(input: Input): string | Uint8Array;
    /** The answer in a parsed JSON body; null when it is not there. */
    read(json: unknown): Output | null;
  };
  readonly grpc: {
    readonly service: ServiceDefinition;
    /** Method names as in the service definition. */
    readonly unary: string;
    readonly stream: string;
    message(id: number, input: Input): object;
    read(message: object): { readonly id: number; readonly output: Output };
  };
}
