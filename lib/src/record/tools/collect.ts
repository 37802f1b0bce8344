import { WirelabError } from "../../errors.js";
import type { RoundPart } from "../calls.js";
import type { Exactness } from "../imported-info.js";
import { RoundBuffer } from "../log/round-buffer.js";
import { safeName } from "../new-folder.js";
import type { ToolCall } from "./call.js";
import type { CallFormat } from "./format.js";
import { oneLine } from "./reading/one-line.js";
import type { ToolFile } from "./reading/tool-file.js";

/** Rows that are kept as one part. */
const partRows = 4096;

/** More endpoints than this are one endpoint whose address has a number in it. */
export const mostArms = 500;

/** What an arm is called: a name for all, or some endpoints' own; what is not named keeps the tool's words. */
export interface ArmNames {
  readonly all: string | null;
  readonly of: ReadonlyMap<string, string>;
}

/** What a file's calls of one arm know. */
export interface CollectedArm {
  readonly name: string;
  protocol: ToolCall["protocol"];
  calls: number;
  /** Columns of which a value was seen. */
  readonly known: { firstByteMs: boolean; status: boolean; bytesReceived: boolean };
}

/** A file of which every call has been read. */
export interface Collected {
  readonly file: ToolFile;
  readonly format: CallFormat;
  readonly exactness: Exactness;
  readonly arms: readonly CollectedArm[];
  readonly calls: number;
  /** Endpoints that were given another name. */
  readonly renamed: ReadonlySet<string>;
  /** The file's own time at which `startMs` of its parts is 0. */
  readonly zeroMs: number;
  /** From the first start to the last end, on the same clock as its parts; null without times. */
  readonly span: { readonly fromMs: number; readonly toMs: number } | null;
}

/** Where the calls of a file go, and under which names. */
export interface CollectOptions {
  readonly pair: number;
  readonly names: ArmNames;
  readonly keep: (part: RoundPart) => void;
  /** Hears of every stretch that has been read; what it throws ends the reading. */
  readonly onRead?: ((file: ToolFile) => void) | undefined;
}

/**
 * Reads all calls of a file and hands them on in parts of one arm, all in block 0 of the pair `pair`: where blocks begin is only
 * known when the last call is.
 * @throws WirelabError `usage` with the place of what is wrong, or where there is no call in the file.
 */
export async function collectCalls(
  file: ToolFile,
  format: CallFormat,
  options: CollectOptions,
): Promise<Collected> {
  const collector = new Collector(file, format, options);
  for await (const calls of format.read(file)) {
    for (const call of calls) collector.add(call);
    options.onRead?.(file);
  }
  return collector.end();
}

class Collector {
  readonly #arms = new Map<string, { readonly arm: CollectedArm; readonly buffer: RoundBuffer }>();
  readonly #file: ToolFile;
  readonly #format: CallFormat;
  readonly #namer: ArmNamer;
  readonly #pair: number;
  readonly #keep: (part: RoundPart) => void;
  readonly #marksEnd: boolean;
  #calls = 0;
  #zeroMs = Number.NaN;
  #fromMs = Number.POSITIVE_INFINITY;
  #toMs = Number.NEGATIVE_INFINITY;

  constructor(file: ToolFile, format: CallFormat, { names, pair, keep }: CollectOptions) {
    this.#file = file;
    this.#format = format;
    this.#namer = new ArmNamer(file, format, names);
    this.#pair = pair;
    this.#keep = keep;
    this.#marksEnd = format.exactness.clock === "end";
  }

  add(call: ToolCall): void {
    const { arm, buffer } = this.#armOf(call.endpoint, call.protocol);
    if (this.#calls === 0) this.#zeroMs = Number.isNaN(call.atMs) ? Number.NaN : Math.floor(call.atMs);
    const durationMs = call.durationMs;
    const tookMs = Number.isNaN(durationMs) ? 0 : durationMs;
    const startMs = call.atMs - this.#zeroMs - (this.#marksEnd ? tookMs : 0);
    this.#fromMs = Math.min(this.#fromMs, startMs);
    this.#toMs = Math.max(this.#toMs, startMs + tookMs);
    this.#calls++;
    arm.calls++;
    arm.known.firstByteMs ||= !Number.isNaN(call.firstByteMs);
    arm.known.status ||= call.status >= 0;
    arm.known.bytesReceived ||= !Number.isNaN(call.bytesReceived);
    const error = errorCodeOf(call);
    buffer.push(
      0,
      0,
      Number.NaN,
      startMs,
      durationMs,
      call.firstByteMs,
      Number.NaN,
      1,
      call.ok,
      call.status,
      error,
      Number.NaN,
      call.bytesReceived,
      -1,
    );
    if (buffer.length >= partRows) this.#keep(buffer.take(arm.name, this.#pair, 0));
  }

  end(): Collected {
    if (this.#calls === 0) {
      const cut = this.#file.cutOff === null ? "" : `, and it is cut off ${this.#file.cutOff}`;
      throw new WirelabError("usage", `${this.#file.path} (${this.#format.name}) holds no calls${cut}.`);
    }
    for (const { arm, buffer } of this.#arms.values()) {
      if (buffer.length > 0) this.#keep(buffer.take(arm.name, this.#pair, 0));
    }
    return {
      file: this.#file,
      format: this.#format,
      exactness: this.#format.exactness,
      arms: [...this.#arms.values()].map(({ arm }) => arm),
      calls: this.#calls,
      renamed: this.#namer.renamed,
      zeroMs: this.#zeroMs,
      span: Number.isFinite(this.#fromMs) ? { fromMs: this.#fromMs, toMs: this.#toMs } : null,
    };
  }

  #armOf(endpoint: string, protocol: ToolCall["protocol"]) {
    const name = this.#namer.nameOf(endpoint);
    const known = this.#arms.get(name);
    if (known !== undefined) {
      if (known.arm.protocol !== protocol) known.arm.protocol = "none";
      return known;
    }
    if (this.#arms.size === mostArms) {
      throw new WirelabError(
        "usage",
        `${this.#file.path} has more than ${mostArms} endpoints, such as ${JSON.stringify(name)}; give those that are one a name in the tool, or all of them one name (--arm NAME).`,
      );
    }
    const arm = newArm(name, protocol);
    const made = { arm, buffer: new RoundBuffer({ capacityRows: 256 }) };
    this.#arms.set(name, made);
    return made;
  }
}

/** An arm of which no call is known yet. */
export function newArm(name: string, protocol: CollectedArm["protocol"]): CollectedArm {
  const known = { firstByteMs: false, status: false, bytesReceived: false };
  return { name, protocol, calls: 0, known };
}

/** Gives endpoints of a file their arms' names, and knows which were given another one. */
export class ArmNamer {
  readonly renamed: Set<string> = new Set<string>();
  readonly #names: ArmNames;
  readonly #fileArm: string;

  constructor(file: ToolFile, { tool }: Pick<CallFormat, "tool">, names: ArmNames) {
    this.#names = names;
    this.#fileArm = bareName(file.name) || tool;
  }

  nameOf(endpoint: string): string {
    const tidied = tidy(endpoint, 200) || this.#fileArm;
    const name = this.#names.of.get(tidied);
    if (name !== undefined) this.renamed.add(tidied);
    return name ?? this.#names.all ?? tidied;
  }
}

/** What the record keeps as the error of a call; "" for none. */
export function errorCodeOf({ ok, error }: Pick<ToolCall, "ok" | "error">): string {
  return ok ? "" : tidy(error, 120) || "failed";
}

/** On one line, and not longer than people read. */
function tidy(text: string, longest: number): string {
  const bare = oneLine(text);
  return bare.length > longest ? `${[...bare].slice(0, longest).join("")}…` : bare;
}

/** A file's name without its endings: what its calls are called where it does not tell, and a run of it. */
export function bareName(name: string): string {
  return safeName(name.replace(/\.(gz|zst)$/i, "").replace(/\.[a-z]{2,7}$/i, ""));
}
