import type { BlockNumber, NumberKind } from "../../analysis/block-numbers.js";
import type { DesignCell } from "../design.js";
import type { Effort } from "../effort.js";

/** A run that a mechanism's parameters are found in, and what is read of its blocks, under names that no other of its runs has. */
export interface Found {
  /** In the name of its run. */
  readonly name: string;
  readonly options: DesignCell["options"];
  readonly reads: Readonly<Record<string, BlockNumber>>;
}

/** The mean of a number that was found, in ms, by its name. */
export type Of = (name: string) => number;

/** What is said of an arm before it is measured: so many ms, and so many times what another arm takes in the same blocks. */
export interface Said {
  readonly times: number;
  readonly addMs: number;
}

/** An arm at a setting that nothing was found at. */
export interface Tested {
  readonly arm: string;
  readonly kind: Extract<NumberKind, "median" | "gap">;
  /** Another arm of the same run that the prediction stands on; null where it is so many ms whatever others take. */
  readonly beside: string | null;
  /** The setting, a noun phrase. */
  readonly words: string;
  /** Why nothing is decided if others used the machine in any of the mechanism's runs, a clause after "because". Default: that it rests on times of runs before. */
  readonly whenDisturbed?: string;
  /** Whether what is said is so many times what takes part in the same blocks, whatever other runs had. */
  readonly inOwnBlocks?: true;
  says(of: Of): Said;
  /** What would be expected if the mechanism were not there, a clause after "If". */
  readonly without: { readonly words: string; says(of: Of): Said };
}

/** A number that a mechanism has, found before anything is tested: ms, or ns a byte. */
export interface Parameter {
  readonly words: string;
  readonly unit: "ms" | "ns a byte";
  value(of: Of): number;
}

/** A small model of the time of a call: its parameters, the runs that they are found in, and what is predicted from them. */
export interface Mechanism {
  /** What it is asked for by. */
  readonly name: string;
  readonly words: string;
  /** What it says, a sentence. */
  readonly says: string;
  readonly parameters: readonly Parameter[];
  readonly found: readonly Found[];
  readonly test: Pick<Found, "name" | "options">;
  readonly tested: readonly Tested[];
}

/** Why a mechanism cannot be tried here, a sentence. */
export interface LeftOut {
  readonly leftOut: string;
}

/** What a mechanism is made for. */
export interface Here {
  readonly effort: Effort;
  /** Path of another Node; "" for that of the npm package `node`. */
  readonly otherNode: string;
  readonly processors: number;
}

/** An entry of the list: how it is called, and the mechanism as it can be tried here. */
export interface MechanismEntry {
  readonly name: string;
  make(here: Here): Mechanism | LeftOut;
}

export const median = (arm: string): BlockNumber => ({ arm, kind: "median" });
