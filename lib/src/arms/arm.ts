import type { Endpoints } from "../hosts/host.js";
import type { Dialect } from "../hosts/program.js";
import type { RoundWatch } from "./instants.js";
import type { WireBytes } from "./wire.js";
import type { AnyWorkload, Workload } from "./workload.js";

/** What is known of a call once it is over. A caller fills the same object for every call, so read it before the next. */
export interface Answer<Output> {
  ok: boolean;
  /** The answer itself; means nothing unless `ok`. */
  output: Output | null;
  /** HTTP status or gRPC status code; -1 when there was none. */
  status: number;
  /** Error code, "" for none. */
  error: string;
  /** `performance.now()` when the answer began to arrive; NaN where the arm cannot tell. */
  firstByteAt: number;
  bytesSent: number;
  bytesReceived: number;
  connectionId: number;
}

/** One of the callers of an arm: makes one call at a time. */
export interface Caller<Input, Output> {
  /** Makes one call and fills `answer`; a failure is an answer too, so this never rejects. */
  call(input: Input, answer: Answer<Output>): Promise<void>;
  /** Gives up the call that is under way, if there is one: it ends as failed with `code`. */
  cancel(code: string): void;
}

/** An arm that answers to single calls, with as many callers as it was opened for. */
export interface CallingArm<Input, Output> {
  readonly kind: "calls";
  readonly callers: readonly Caller<Input, Output>[];
  /** Watches its calls from inside; left out where nothing does. */
  readonly watch?: RoundWatch;
  /** What has gone over all of its connections so far. */
  wire(): WireBytes;
  close(): Promise<void>;
}

/** An arm too fast for the clock: timed in batches, each batch one chain of `batchSize` calls. */
export interface BatchArm {
  readonly kind: "batch";
  readonly batchSize: number;
  /** Runs one batch; false when its answer was wrong. */
  runBatch(): boolean;
  close(): Promise<void>;
}

export type OpenArm<Input, Output> = CallingArm<Input, Output> | BatchArm;

/** How callers are opened, whatever they call. */
export interface CallerOptions {
  readonly endpoints: Endpoints;
  /** Callers that will be used at the same time. */
  readonly callers: number;
  /** Numbers the connections of the arm, from 0; called once for each that is opened. */
  nextConnectionId(): number;
  /** A call without an answer for so long ends as failed with `TIMEOUT`. */
  readonly timeoutMs: number;
  /** They are the users of a load: an arm that is there to make load may then leave out what Node spends besides the protocol. */
  readonly isLoad?: boolean;
}

/** How an arm is opened. */
export interface ArmOptions<Input, Output> extends CallerOptions {
  readonly workload: Workload<Input, Output>;
}

/** What of a call depends on the network: enough to say how long a link makes it. */
export interface CallPath {
  /** A TCP handshake goes before every call. */
  readonly newConnection: boolean;
  /** Bytes that may be on the way to the server without its leave, where the protocol has such a window. */
  readonly windowBytes: number | null;
}

/** What the client of an arm is written in, and so which client process of a pair runs its rounds. */
export type Language = "typescript" | "python" | "locust";

interface ArmFacts {
  readonly name: string;
  /** Which of a server's two addresses it calls. */
  readonly protocol: "none" | "rest" | "grpc";
  /** What it says there; left out where that is the protocol itself. */
  readonly dialect?: Dialect;
  /** What makes the call, in words, e.g. `undici, one kept-alive connection a caller`. */
  readonly client: string;
  /** Column of the call record → why this arm cannot measure it. */
  readonly notMeasured: Readonly<Record<string, string>>;
  /** Whether that work can be called this way; left out where every work can. */
  fits?(workload: AnyWorkload): boolean;
  /** What the network between client and server makes a call wait for; null where there is none. */
  readonly path: CallPath | null;
  /** Connections that so many callers keep; left out where each has one of its own. */
  connections?(callers: number): number;
}

/** One whose calls this library makes. */
export interface OwnArm extends ArmFacts {
  readonly language: "typescript";
  /** There where its calls are watched: one caller, or whose call an event belongs to could not be told. */
  readonly watched?: true;
  open<Input, Output>(options: ArmOptions<Input, Output>): OpenArm<Input, Output>;
}

/** One whose calls an operation says, in place of a work. */
export interface OperationArm extends ArmFacts {
  readonly language: "typescript";
  readonly opens: "operation";
}

/** One whose calls a client process of another language makes: Python's in chains, Locust's under loads. */
export interface ForeignArm extends ArmFacts {
  readonly language: "python" | "locust";
  /** Packages of Python that a sentence names with it, by their versions. */
  readonly packages: readonly string[];
  /** What any result of it holds under, as a clause that can follow "when"; left out where there is nothing to say. */
  readonly condition?: string;
  /** Those that make the call beneath them; a run keeps their versions as well. */
  readonly beneath: readonly string[];
}

/** One way of having work done that can be timed. */
export type Arm = OwnArm | OperationArm | ForeignArm;

/** What an arm says to its server; null for one that calls none. */
export function dialectOf({ protocol, dialect }: Arm): Dialect | null {
  return protocol === "none" ? null : (dialect ?? protocol);
}

/** An empty answer for a caller to fill. */
export function newAnswer<Output>(): Answer<Output> {
  return {
    ok: false,
    output: null,
    status: -1,
    error: "",
    firstByteAt: Number.NaN,
    bytesSent: 0,
    bytesReceived: 0,
    connectionId: -1,
  };
}
