import type { InputFile } from "../arms/input-file.js";
import type { Endpoints } from "../hosts/host.js";
import type { RoundPart } from "../record/calls.js";
import type { RoundEnd, RoundPlace } from "../schedule/round.js";

/** What a client is started with: the arms it will be asked to run, and where their servers listen. */
export interface ClientStart {
  readonly work: string;
  /** The file that the work sends in place of its own input; null for its own. */
  readonly input: InputFile | null;
  readonly arms: readonly {
    readonly name: string;
    readonly arm: string;
    readonly callers: number;
    readonly endpoints: Endpoints;
  }[];
  readonly timeoutMs: number;
  /** So many failed calls in a row end a round. */
  readonly failuresInARow: number;
  /** Start of the run on the machine's monotonic clock, in ns, as a decimal string. */
  readonly originNs: string;
}

/** A round as it is asked of a client. */
export interface RoundRequest extends RoundPlace {
  readonly calls: number;
  /** So many callers with connections of their own, closed after the round, instead of the arm's. */
  readonly extraCallers?: number;
}

/** The client of one pair: runs rounds one at a time and hands out their calls. */
export interface Client {
  readonly pid: number;
  /** Runs a round; `onPart` gets its calls as they are flushed. Rejects only if the client itself fails. */
  run(round: RoundRequest, onPart: (part: RoundPart) => void, signal: AbortSignal): Promise<RoundEnd>;
  /** Closes connections and ends the client; safe to call twice. */
  stop(): Promise<void>;
}
