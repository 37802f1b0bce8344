import type { CallInstants } from "../arms/instants.js";
import type { HostKind, Protocol } from "../hosts/host.js";
import type { Shape } from "../hosts/link/options.js";
import type { Program } from "../hosts/program.js";
import type { ImportedInfo } from "./imported-info.js";
import type { Load, LoadRound, StopAfter } from "./load-info.js";
import type { ServiceInfo } from "./service-info.js";

/** An interpreter of Python. */
export interface PythonInfo {
  /** Like `3.11.2`. */
  readonly version: string;
  readonly packages: Readonly<Record<string, string>>;
}

/** The machine and software that a run was measured with. */
export interface Environment {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly os: string;
  readonly node: string;
  readonly v8: string;
  /** Package name → version, of what takes part in a call. */
  readonly packages: Readonly<Record<string, string>>;
  /** The Python that a part of the calls ran on, and its packages as above; null where none took part. */
  readonly python: PythonInfo | null;
  readonly gitCommit: string | null;
  readonly gitDirty: boolean | null;
}

/** What a warning can be about. */
export const warningCodes = [
  "busy-machine",
  "cpu-steal",
  "throttled",
  "still-warming-up",
  "errors",
  "carry-over",
  "lost-calls",
  "count-differs",
  "coarse-clock",
  "few-pairs",
  "link-off",
  "client-bound",
  "little",
  "users-not-started",
  "rate-not-reached",
  "late-sending",
  "impossible-use",
  "cut-off",
] as const;

/** Something about a run that its reader must know before believing it. */
export interface Warning {
  readonly code: (typeof warningCodes)[number];
  /** What was seen, with its number. */
  readonly message: string;
  /** What to do about it. */
  readonly advice: string;
}

/** One arm as it was measured. */
export interface ArmInfo {
  /** Its name in this run, unique, as in the `arm` column. */
  readonly name: string;
  /** The way of calling, e.g. `rest`, `grpc-stream`. */
  readonly arm: string;
  readonly protocol: "none" | "rest" | "grpc";
  /** Which operation of the run's service it calls; left out where it does a work of the lab. */
  readonly operation?: string | undefined;
  /** What ran, e.g. `undici 7.30.2, one kept-alive connection`. */
  readonly client: string;
  /** Which server of the pair it calls: arms with the same number share a server process. */
  readonly server: number;
  readonly plantedDelayUs: number;
  /** Callers at the same time: 1 is a chain, in which each call uses the last answer. Of a load its users. */
  readonly callers: number;
  /** Column → why this arm cannot measure it. */
  readonly notMeasured: Readonly<Record<string, string>>;
}

/** A server of each pair. */
export interface ServerInfo {
  /** Its number, as in `ArmInfo`. */
  readonly server: number;
  readonly program: Program;
  /** What it serves; nothing of another protocol is loaded. */
  readonly protocols: readonly Protocol[];
  /** Its processes that share its ports: with one it is a process itself, with more another one feeds them. */
  readonly workers: number;
  readonly tls: boolean;
  /** What may be on the way to it without its leave, by HTTP/2's flow control; left out where nobody set it. */
  readonly windowBytes?: number | undefined;
}

/** What a server of a pair counted itself, after the pair's last call. */
export interface CountedCalls {
  readonly pair: number;
  readonly server: number;
  /** Calls that it was asked, warm-up included. */
  readonly calls: number;
}

/** A modelled path between client and servers. */
export type LinkParameters = Omit<Shape, "seed">;

/** The path of a run, as it was asked for and as it came out. */
export interface LinkInfo extends LinkParameters {
  /** Round trips measured on the link before each pair: the median of each, in ms. */
  readonly pingMs: readonly number[];
}

/** The file that a work sent in place of its own input. */
export interface InputInfo {
  /** Its name, without the folder. */
  readonly file: string;
  readonly contentType: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  /** What the servers were held to answer, in words; null for any answer. */
  readonly answer: string | null;
}

/** How long a warm call of an arm was expected to take over the link, said before it was measured. */
export interface Prediction {
  readonly arm: string;
  /** From the link's parameters alone. */
  readonly linkMs: number;
  /** What the arm took without a link, on this machine. */
  readonly ownMs: number;
}

/** What a mechanism said of an arm before it was measured: so many ms, and so many times what another arm takes in the same blocks. */
export interface Foretold {
  readonly arm: string;
  /** The other arm; null where nothing is beside it, and `times` is 0. */
  readonly beside: string | null;
  readonly times: number;
  readonly addMs: number;
}

/** What the processes of a round used for it: read right before its first call and right after its last. */
export interface RoundUsage {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  /** Calls of the round, those that failed included. */
  readonly calls: number;
  /** Processor time of the server, its threads and child processes included; null where it is not known. */
  readonly cpuMs: number | null;
  /** The same of all client processes. */
  readonly clientCpuMs: number | null;
  /** The server's memory after the round, and at most since the process began; null for a server of several processes. */
  readonly residentBytes: number | null;
  readonly peakBytes: number | null;
}

/** What went over the TCP connections of an arm in a round: headers, framing and encryption included. */
export interface RoundWire {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  /** Calls of the round, those that failed included. */
  readonly calls: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

/** When what happened in the calls of a round that was watched. */
export interface RoundInstants {
  readonly arm: string;
  readonly pair: number;
  readonly block: number;
  /** By their index in the round; null for one that failed, or of which something was not seen. */
  readonly calls: readonly (CallInstants | null)[];
}

/** `run.json`: everything about a run but its calls. */
export interface RunInfo {
  readonly format: 1;
  readonly name: string;
  readonly work: string;
  /** The files of another tool that its calls were read from; null where they were made here. */
  readonly imported: ImportedInfo | null;
  /** The operations that its arms called in place of a work of the lab; left out where they did one. */
  readonly service?: ServiceInfo | undefined;
  /** Null where the work sent its own input. */
  readonly input: InputInfo | null;
  /** SHA-256 of the addresses of servers that ran already, which are the reader's own business; left out where there were none. */
  readonly addressesSha256?: string | undefined;
  /** How large the work was, in its own count: bytes of a payload, the number of a factorial; null where it has no size. */
  readonly size: number | null;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly status: "running" | "finished" | "interrupted" | "failed";
  /** Why it ended early; null when it finished. */
  readonly reason: string | null;
  readonly environment: Environment;
  readonly seed: number;
  readonly host: HostKind;
  readonly arms: readonly ArmInfo[];
  /** None where they run elsewhere, or nobody wrote it down. */
  readonly servers: readonly ServerInfo[];
  readonly pairs: number;
  /** Measured blocks in a pair; a pair runs `warmupBlocks + blocks`. */
  readonly blocks: number;
  /** Room for warm-up: the detected end of warm-up is looked for in here. */
  readonly warmupBlocks: number;
  /** Calls of each arm made at once in the second block of a pair, to warm it up; 0 for none. */
  readonly primeCalls: number;
  /** 0 for a load, which lasts a time. */
  readonly callsPerRound: number;
  /** Of each caller before every call; 0 where it calls as soon as it is answered. */
  readonly pauseMs: number;
  /** What each measured block runs for every arm; null for calls one after another. */
  readonly load: Load | null;
  /** What ends a load before its run time; nothing does where it is empty. */
  readonly stopAfter: StopAfter;
  /** Client processes that share the load. */
  readonly clients: number;
  readonly timeoutMs: number;
  /** Whether calls are encrypted, but for arms whose servers say otherwise. */
  readonly tls: boolean;
  /** The path between client and servers; null for none but the machine's own loopback. */
  readonly link: LinkInfo | null;
  readonly predictions: readonly Prediction[];
  readonly foretold: readonly Foretold[];
  /** Processors that client and server were pinned to, the same for both where they share one; null when left to the system. */
  readonly processors: { readonly client: number; readonly server: number } | null;
  /** `order[pair][block]` is the order of arm names in that block. */
  readonly order: readonly (readonly (readonly string[])[])[];
  /** First block of each pair that is counted as warm; one number a pair, as detected. */
  readonly warmFromBlock: readonly number[];
  readonly warnings: readonly Warning[];
  /** What was left out and why. */
  readonly leftOut: readonly string[];
  /** What servers counted, of those that do. */
  readonly counted: readonly CountedCalls[];
  /** A round of a load each. */
  readonly loadRounds: readonly LoadRound[];
  /** Why rounds are missing in `usage`, as the end of a sentence; null when none is. */
  readonly usageMissing: string | null;
  /** A round each, warm-up included, in the order in which they ran; it comes last because it is long, as `wire`. */
  readonly usage: readonly RoundUsage[];
  /** The same of what went over connections; none where nobody counted it. */
  readonly wire: readonly RoundWire[];
  /** Of the arms that are watched; what of their calls' durations that cost is in every call of theirs. */
  readonly instants: readonly RoundInstants[];
}
