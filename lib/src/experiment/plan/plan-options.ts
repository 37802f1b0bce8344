import type { InputFile } from "../../arms/works/input-file.js";
import type { Endpoints, HostKind } from "../../hosts/host.js";
import type { Program } from "../../hosts/program.js";
import type { Load, StopAfter } from "../../record/load-info.js";
import type { Foretold, Prediction } from "../../record/run-info.js";
import type { LinkChoice } from "./link-choice.js";
import type { PreparedService } from "./service-plan.js";

/**
 * An arm of a run under a name of its own, so that the same way of calling can be in a run twice.
 *
 * @example
 * const busy: lab.ArmChoice = { name: "rest-16", arm: "rest", callers: 16 };
 */
export interface ArmChoice {
  readonly name: string;
  /** The way of calling, e.g. `rest`, or the name of an operation of `service`; default: `name`. */
  readonly arm?: string;
  /** Callers at the same time; 1 is a chain, in which each call uses the last answer. Default 1. */
  readonly callers?: number;
  /** What serves it: the lab's own `node`, or of the posts' stacks `flask`, `starlette`, `fastapi`, `grpcio`, `grpcio-aio`, or Flask in another way (`flask-debug`, `flask-terminal`, `flask-unthreaded`, `flask-slowest`), or a rung of the ladder (`net`, `http`, `express`, `express-json`, `http2`, `http2-protobuf`, `http2-grpc`). Default `node`. */
  readonly program?: Program;
  /** Arms with the same number share a server process, and so a program. Default: a number a program, 0 for `node`. */
  readonly server?: number;
  /** Processes of that server, which share its ports; arms that share a server must agree. More than 1 needs host `child`. Default 1. */
  readonly workers?: number;
  /** Whether its calls are encrypted; arms that share a server must agree. Default: the run's `tls`. */
  readonly tls?: boolean;
  /** What may be on the way to that server without its leave, by HTTP/2's flow control: a number of 65,535 at least, for arms of gRPC on the program `node`; arms that share a server must agree. Default null: grpc-js' own, 65,535. */
  readonly windowBytes?: number | null;
  /** Busy waiting added in the server while this arm is called, in µs: a control. Default 0. */
  readonly plantedDelayUs?: number;
}

/** What is measured, and how often. */
export interface PlanOptions {
  /** Names the run folder. Default: the work's name. */
  readonly name?: string;
  /** Default `increment`. */
  readonly work?: string;
  /** Somebody's servers, whose operations are called in place of a work. Default: the lab's own works. */
  readonly service?: PreparedService;
  /** An image file that the work sends in place of its own. Default: its own. */
  readonly input?: InputFile;
  /** Of the works that have one: bytes of a payload (default 524,288), the number of a factorial (default 10,000). */
  readonly size?: number;
  /** Ways of calling, e.g. `["rest", "grpc"]`. */
  readonly arms: readonly (string | ArmChoice)[];
  /** Fresh server and client processes; 10 or more speak for fresh processes. Default 10. */
  readonly pairs?: number;
  /** Measured blocks in a pair, each one round of every arm; of twenty or more a ratio of medians leaves out a tenth at either end. Default 20. */
  readonly blocks?: number;
  /** Blocks run before those, in which the end of warm-up is looked for. Default 5. */
  readonly warmupBlocks?: number;
  /**
   * Calls of each arm that `primeCallers` make at once in the second of those blocks, so that the compilers of client
   * and server see enough of them before anything is measured; 0 primes nothing. Default 1500, and 0 for a service, which is asked for no more callers than its arms have.
   */
  readonly primeCalls?: number;
  /** Measured calls of each arm in all, spread evenly over pairs and blocks. Default 10,000. */
  readonly calls?: number;
  /** Calls of each arm in a block, instead of `calls`. */
  readonly callsPerRound?: number;
  /**
   * Pause of each caller before every call, in ms: calls back to back keep a processor awake that seldom calls, or those over a
   * distance, find asleep. Of calls one after another only, and of arms in this project's own language. Default 0.
   */
  readonly pauseMs?: number;
  /**
   * A load in place of calls one after another: each measured block then runs it once for every arm, whose users are the
   * load's, with connections of their own. From `closedLoad` or `openLoad`. It changes the defaults of `blocks` to 1 and
   * of `warmupBlocks` to 2.
   */
  readonly load?: Load;
  /** Client processes that share the load; needs host `child` or `remote`. Default 1. */
  readonly clients?: number;
  /** Calls, and failed calls, of a round after which it ends before its run time. Default: no number. */
  readonly stopAfter?: StopAfter;
  /** Where the server runs. Default `child`; `in-process` and `worker` have one pair and carry no verdict. */
  readonly host?: HostKind;
  /** The servers to call with host `remote`. */
  readonly remote?: Endpoints;
  /** Encrypts the calls, with a certificate that each server makes. Default: plain; remote servers are called as `remote` says. */
  readonly tls?: boolean;
  /** A modelled network between client and servers; needs host `child`. Default: none but loopback. */
  readonly link?: LinkChoice;
  /** How long each arm is expected to take, kept with the run; from `lab.predict`; those of other arms are left out. Default: none. */
  readonly predictions?: readonly Prediction[];
  /** What a mechanism says of arms beside others of the same run, kept with the run; from `lab.mechanisms`. Default: none. */
  readonly foretold?: readonly Foretold[];
  /** Path of the Node that the lab's own servers and clients run on; needs host `child`. Default: this one. */
  readonly node?: string;
  /** Seed of the order of arms. Default: a random one, stored in the run. */
  readonly seed?: number;
  /** A call without an answer for so long has failed. Default 5000. */
  readonly timeoutMs?: number;
  /** So many failed calls of an arm in a row end the run: going on would only wait for more failures. Default 5. */
  readonly failuresInARow?: number;
}
