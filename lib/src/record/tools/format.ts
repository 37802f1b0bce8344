import type { Exactness } from "../imported-info.js";
import type { ToolCall, ToolNumber } from "./call.js";
import type { ToolFile } from "./reading/tool-file.js";

interface Known {
  /** What people call such a file, e.g. `k6 --out json`. */
  readonly name: string;
  readonly tool: string;
  /** Tells such a file by how it begins. */
  readonly recognise: (head: string) => boolean;
}

/** A file with a row a call. */
export interface CallFormat extends Known {
  readonly kind: "calls";
  readonly exactness: Exactness;
  /** What such a file leaves out, sentences without a full stop. */
  readonly leavesOut: readonly string[];
  /** Its calls in the order of the file, some at a time. Throws `usage` with the place of what is wrong. */
  readonly read: (file: ToolFile) => AsyncIterable<readonly ToolCall[]>;
}

/** A file that holds only what a tool computed of calls. */
export interface TableFormat extends Known {
  readonly kind: "table";
  /** How its numbers are rounded, and what they are over; sentences. */
  readonly notes: readonly string[];
  /** Its numbers. Throws `usage` with the place of what is wrong. */
  readonly read: (file: ToolFile) => Promise<readonly ToolNumber[]>;
}

/** A kind of file that another tool writes. */
export type ToolFormat = CallFormat | TableFormat;
