import type { ServiceDefinition } from "@grpc/grpc-js";

/** A request's body in one of the forms in which a work takes it. */
export interface RestBody<Input, Output> {
  readonly contentType: string;
  make(input: Input): string | Uint8Array;
  /** The answer to a body of this form, null when it is not there; left out where that is JSON. */
  read?(answer: Buffer): Output | null;
}

/** What a work sends in place of its own input. */
export interface WorkInput {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** The right answer in the words of `say`; null where it is not known, and any answer of the right form will do. */
  readonly answer: string | null;
}

/** The sizes that a work can be asked for in, all whole numbers. */
export interface WorkSizes {
  /** What one counts, e.g. `bytes of data`. */
  readonly of: string;
  readonly least: number;
  readonly most: number;
  /** What is measured where nobody says; null for all there is. */
  readonly usual: number | null;
}

/**
 * How a stream's answers find their requests: by an id that both carry, or as the oldest request's that waits, where a
 * server promises to answer each in turn.
 */
export type Matching = "id" | "order";

/** Input and answer as so many bytes each, which need no codec and no length before them. */
export interface FixedBytes<Input, Output> {
  readonly sizeBytes: number;
  make(input: Input): Buffer;
  /** Of exactly so many bytes. */
  read(answer: Buffer): Output;
}

/**
 * The work of one call as a client sees it, for every protocol. An arm says how to call, a workload says what:
 * adding a work is adding one of these, and no arm changes. A form that a work does not have is left out, and the arms
 * that need it then do not fit it.
 */
export interface Workload<Input, Output> {
  readonly name: string;
  /** The input of the first call of a chain. */
  readonly first: Input;
  /** The input that follows from an answer: what makes calls a chain. */
  next(output: Output): Input;
  /** Whether `output` is the right answer to `input`; a wrong one is a failed call. */
  isRight(input: Input, output: Output): boolean;
  /** What the answer says its work took in the server, in ms, where it says so. */
  serverMs?(output: Output): number;
  /** An answer in words, the same for equal answers whichever protocol brought them; what is only timing is left out. */
  say(output: Output): string;
  /** The work itself, without a call. */
  run?(input: Input): Output;
  /** The same for layers beneath every codec. */
  readonly bytes?: FixedBytes<Input, Output>;
  readonly rest: {
    readonly path: string;
    readonly body: RestBody<Input, Output>;
    /** The same in a JSON string, for bytes that would do without. */
    readonly base64?: RestBody<Input, Output>;
    /** The same as a file in a form. */
    readonly multipart?: RestBody<Input, Output>;
    /** The same as gRPC's message, which is answered with one. */
    readonly protobuf?: RestBody<Input, Output>;
    /** The answer in a parsed JSON body; null when it is not there. */
    read(json: unknown): Output | null;
  };
  readonly grpc: {
    readonly service: ServiceDefinition;
    /** Method names as in the service definition. */
    readonly unary: string;
    /** Two-way stream of the same messages. */
    readonly stream?: { readonly method: string; readonly matching: Matching };
    /** Client stream that answers once, and the messages that the input is cut into. */
    readonly chunks?: { readonly method: string; messages(input: Input): readonly object[] };
    message(id: number, input: Input): object;
    /** `id` is 0 where messages have none. */
    read(message: object): { readonly id: number; readonly output: Output };
  };
}

/** What of a work a schedule needs to know: which input follows from which answer. */
export type CallFlow<Input, Output> = Pick<Workload<Input, Output>, "first" | "next" | "serverMs">;

/** A work whose inputs and answers only the workload itself can tell apart. */
export type AnyWorkload = Workload<unknown, unknown>;
