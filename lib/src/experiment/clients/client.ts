import type { PreparedOperation } from "../../arms/operation/open.js";
import type { WireBytes } from "../../arms/wire.js";
import type { InputFile } from "../../arms/works/input-file.js";
import type { Endpoints } from "../../hosts/host.js";
import type { RoundPart } from "../../record/calls.js";
import type { Load } from "../../record/load-info.js";
import type { RoundInstants } from "../../record/run-info.js";
import type { RoundEnd, RoundPlace } from "../../schedule/round.js";
import type { LoadEnd, LoadOptions, Share } from "../../schedule/running-load.js";

/** What a client is started with: the arms it will be asked to run, and where their servers listen. */
export interface ClientStart {
  readonly work: string;
  /** The file that the work sends in place of its own input; null for its own. */
  readonly input: InputFile | null;
  /** Null for a work that has none. */
  readonly size: number | null;
  readonly arms: readonly {
    readonly name: string;
    readonly arm: string;
    readonly callers: number;
    readonly endpoints: Endpoints;
    /** The operation that it calls in place of the work, by its name in the service; left out where it does the work. */
    readonly operation?: {
      readonly name: string;
      readonly prepared: PreparedOperation;
      /** Of the values that it draws: another one in every pair. */
      readonly seed: number;
    };
  }[];
  readonly timeoutMs: number;
  /** So many failed calls in a row end a round. */
  readonly failuresInARow: number;
  /** Which of how many clients this is: they share loads. */
  readonly share: Share;
  /** Start of the run on the machine's monotonic clock, in ns, as a decimal string. */
  readonly originNs: string;
}

/** So many calls, each made when the one before is answered. */
export interface ChainRequest extends RoundPlace {
  readonly calls: number;
  /** From the begin of a call to that of the next, of whichever caller; left out where nothing holds them back. */
  readonly leastGapMs?: number;
  /** Of each caller before every call; left out where there is none. */
  readonly pauseMs?: number;
  /** So many callers with connections of their own, closed after the round, instead of the arm's. */
  readonly extraCallers?: number;
}

/** The users of a load that is to come, with connections of their own. */
export interface UsersRequest {
  readonly arm: string;
  readonly users: number;
}

/** A client's share of a load, by the users that were opened for it, who are closed after it. */
export interface LoadRequest extends RoundPlace, Pick<LoadOptions, "beginMs" | "seed"> {
  readonly load: Load;
  /** Calls, and failed calls, after which all clients together end early, each with its part of them; null for none. */
  readonly mostCalls: number | null;
  readonly mostFailures: number | null;
}

/** A round as it is asked of a client. */
export type RoundRequest = ChainRequest | LoadRequest;

/** What a client says of a load besides its calls. */
export interface LoadReport extends Pick<LoadEnd, "usersStarted" | "overMs" | "notSent"> {
  /** Users in the load, averaged over its run time; left out where they began just as the load says. */
  readonly averageUsers?: number;
  /** Share of each second in which the event loop had something to do. */
  readonly loopUse: readonly number[];
}

/** How a round ended. */
export interface RoundReport {
  readonly end: RoundEnd;
  /** Null for a chain. */
  readonly load: LoadReport | null;
  /** What went over the arm's connections from right before the round to right after; null where there are none. */
  readonly wire: WireBytes | null;
  /** What happened when in each call of the round, in order; left out where nobody watched. */
  readonly instants?: RoundInstants["calls"];
}

/** The client of one pair: runs rounds one at a time and hands out their calls. */
export interface Client {
  /** Its processes. */
  readonly pids: readonly number[];
  /** Opens the users of the load that is run next: ten thousand take seconds, which must not be the load's. */
  openUsers(request: UsersRequest): Promise<void>;
  /** Runs a round; `onPart` gets its calls as they are flushed. Rejects only if the client itself fails. */
  run(round: RoundRequest, onPart: (part: RoundPart) => void, signal: AbortSignal): Promise<RoundReport>;
  /** Closes connections and ends the client; safe to call twice. */
  stop(): Promise<void>;
}
