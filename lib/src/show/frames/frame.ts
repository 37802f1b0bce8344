import { createRequire } from "node:module";
import { type InspectOptions, inspect } from "node:util";
import type { DataFrame } from "danfojs-node";
import { inspected, showable, type View } from "../display.js";
import { type Hole, html } from "../html.js";
import { styleTag } from "../style.js";
import {
  type Cell,
  type Column,
  type ColumnKind,
  formatCell,
  tableMarkup,
  tableText,
} from "../tables/table.js";
import {
  type Bounds,
  formatDifferenceInterval,
  formatDurationInterval,
  formatNumberInterval,
  formatUnlessVast,
} from "../words/number.js";

/** What stands around a frame when it shows itself. */
export interface FrameWords {
  readonly caption: string;
  /** Sentences below the table, e.g. why a number is missing. */
  readonly notes?: readonly string[];
}

type Danfo = typeof import("danfojs-node");

/** Column names of the frames made here → how people read them; a slice of a frame keeps them. */
const COLUMNS: Readonly<Record<string, Column>> = {
  arm: { name: "arm", kind: "text" },
  calls: { name: "calls", kind: "count" },
  users: { name: "users", kind: "count" },
  requests: { name: "requests", kind: "count" },
  failed: { name: "failed", kind: "count" },
  meanMs: { name: "mean", kind: "duration" },
  minMs: { name: "shortest", kind: "duration" },
  p50Ms: { name: "median", kind: "duration" },
  p90Ms: { name: "p90", kind: "duration" },
  p95Ms: { name: "p95", kind: "duration" },
  p99Ms: { name: "p99", kind: "duration" },
  maxMs: { name: "longest", kind: "duration" },
  firstCallMs: { name: "first call", kind: "duration" },
  callsPerSecond: { name: "calls per second", kind: "number" },
  peakCallsPerSecond: { name: "calls per second, best round", kind: "number" },
  requestsPerSecond: { name: "requests per second", kind: "number" },
  answerBytes: { name: "answer, mean size", kind: "bytes" },
  inServerMs: { name: "work in the server", kind: "duration" },
  overheadMs: { name: "rest of the call", kind: "duration" },
  cpuMsPerCall: { name: "server CPU per call", kind: "duration" },
  clientCpuMsPerCall: { name: "client CPU per call", kind: "duration" },
  clientBusy: { name: "client's processor", kind: "share" },
  clientLoopUse: { name: "client's event loop", kind: "share" },
  memoryPeakBytes: { name: "server memory, peak", kind: "bytes" },
  memoryGrownBytesPerCall: { name: "server memory, grown per call", kind: "bytes" },
  connections: { name: "connections", kind: "count" },
  bytesSentPerCall: { name: "sent per call", kind: "bytes" },
  bytesReceivedPerCall: { name: "received per call", kind: "bytes" },
  askedPerSecond: { name: "calls per second, asked", kind: "number" },
  notSent: { name: "due, not sent", kind: "count" },
  dueP50Ms: { name: "median, from when due", kind: "duration" },
  dueP95Ms: { name: "p95, from when due", kind: "duration" },
  dueP99Ms: { name: "p99, from when due", kind: "duration" },
  pauseMs: { name: "pause", kind: "duration" },
  expectedPerSecond: { name: "calls per second, by the law", kind: "number" },
  measuredOverExpected: { name: "measured ÷ law", kind: "ratio" },
  size: { name: "size", kind: "count" },
  ratio: { name: "ratio", kind: "ratio" },
  interval: { name: "its interval", kind: "text" },
  bodySentBytes: { name: "sent, body", kind: "bytes" },
  base64SentBytes: { name: "of it base64", kind: "bytes" },
  framingSentBytes: { name: "sent, framing", kind: "bytes" },
  headersSentBytes: { name: "sent, headers", kind: "bytes" },
  framingReceivedBytes: { name: "received, framing", kind: "bytes" },
  headersReceivedBytes: { name: "received, headers", kind: "bytes" },
  wireSentBytes: { name: "sent, all", kind: "bytes" },
  bodyReceivedBytes: { name: "received, body", kind: "bytes" },
  wireReceivedBytes: { name: "received, all", kind: "bytes" },
  suspect: { name: "suspect", kind: "text" },
  inSource: { name: "the post's source has it", kind: "text" },
  totalMs: { name: "as many calls as published", kind: "duration" },
  reaches: { name: "reaches the published total", kind: "text" },
  metric: { name: "metric", kind: "text" },
  publishedMs: { name: "published", kind: "duration" },
  measuredMs: { name: "measured here", kind: "duration" },
  replicated: { name: "replicated", kind: "text" },
  replicatedInterval: { name: "its interval", kind: "text" },
  ported: { name: "ported", kind: "text" },
  portedInterval: { name: "its interval", kind: "text" },
  replicatedMs: { name: "replicated", kind: "duration" },
  replicatedOverPublished: { name: "replicated ÷ published", kind: "ratio" },
  portedMs: { name: "ported", kind: "duration" },
  portedOverPublished: { name: "ported ÷ published", kind: "ratio" },
  condition: { name: "where", kind: "text" },
  remark: { name: "remark", kind: "text" },
  rung: { name: "rung", kind: "text" },
  changes: { name: "what changes", kind: "text" },
  over: { name: "from", kind: "text" },
  ends: { name: "client → server", kind: "text" },
  medianMs: { name: "a call takes", kind: "duration" },
  stepMs: { name: "step", kind: "difference" },
  phase: { name: "phase", kind: "text" },
  lasts: { name: "from → to", kind: "text" },
  restMs: { name: "REST", kind: "duration" },
  restNewConnectionMs: { name: "REST, new connection", kind: "duration" },
  grpcMs: { name: "gRPC", kind: "duration" },
  grpcLessRestMs: { name: "gRPC − REST", kind: "difference" },
  restOverGrpc: { name: "REST ÷ gRPC", kind: "ratio" },
  faster: { name: "faster", kind: "text" },
  becomes: { name: "times the baseline's", kind: "ratio" },
  change: { name: "what that is", kind: "text" },
  baselineIn: { name: "baseline in", kind: "text" },
  interaction: { name: "times both effects", kind: "ratio" },
  statement: { name: "claim", kind: "text" },
  post: { name: "post", kind: "text" },
  publishedRatio: { name: "published", kind: "ratio" },
  holdsWith: { name: "it holds with", kind: "text" },
  ofPost: { name: "what its post had, and what comes of it", kind: "text" },
  notFlipped: { name: "what no flip stands for", kind: "text" },
  linkMs: { name: "link", kind: "duration" },
  ownMs: { name: "the arm itself", kind: "duration" },
  predictedMs: { name: "predicted", kind: "duration" },
  measuredOverPredicted: { name: "measured ÷ predicted", kind: "ratio" },
  mechanism: { name: "mechanism", kind: "text" },
  says: { name: "which is", kind: "text" },
  measuredOverWithout: { name: "÷ expected without it", kind: "ratio" },
  needed: { name: "needed", kind: "text" },
  within: { name: "prediction", kind: "text" },
};

const require = createRequire(import.meta.url);
let loaded: Danfo | undefined;

/**
 * A Danfo frame of `rows`, one array a row in the order of `columns`, that shows itself as a table with units.
 * It stays a real `DataFrame` for slicing and sorting. Danfo calculates in float32: do no arithmetic on times with it.
 * Loads Danfo on the first call, which takes a second or more.
 */
export function makeFrame(
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
  words: FrameWords,
): DataFrame {
  const frame = new (danfo().DataFrame)(
    rows.map((row) => [...row]),
    { columns: [...columns] },
  );
  return showable(frame, frameView(frame, words));
}

/** Danfo, loaded when first needed (it brings TensorFlow.js); its frames learn to show themselves, slices included. */
function danfo(): Danfo {
  if (loaded !== undefined) return loaded;
  loaded = require("danfojs-node") as Danfo;
  // Slices are made as Danfo's base frame, so it is that class which has to know.
  Object.defineProperty(Object.getPrototypeOf(loaded.DataFrame.prototype), inspect.custom, {
    enumerable: false,
    configurable: true,
    value(this: DataFrame, depth: number | null, options: InspectOptions) {
      return inspected(frameView(this, { caption: `${this.shape[0]} rows` }), depth, options);
    },
  });
  return loaded;
}

function frameView(frame: DataFrame, words: FrameWords): View {
  return {
    html: () => frameHtml(frame, words),
    text: () => [words.caption, frameText(frame), ...(words.notes ?? [])].join("\n"),
  };
}

function frameHtml(frame: DataFrame, words: FrameWords): string {
  const columns = shownColumns(frame);
  const rows = records(frame).map((record) => columns.map((name) => frameCell(record, name)));
  const headings = columns.map((name) => ({
    heading: columnOf(name, record0(frame)).name,
    numeric: columnOf(name, record0(frame)).kind !== "text",
  }));
  const notes = (words.notes ?? []).map((note) => html`<p class="note">${note}</p>`);
  return html`<div class="wirelab">${styleTag()}${tableMarkup(words.caption, headings, rows)}${notes}</div>`
    .markup;
}

function frameText(frame: DataFrame): string {
  const names = shownColumns(frame);
  const first = record0(frame);
  return tableText({
    columns: names.map((name) => columnOf(name, first)),
    rows: records(frame).map((record) => names.map((name) => record.get(name) ?? null)),
  });
}

/** A value, with its interval below it where the frame has one (columns `xMs`, `xLowMs`, `xHighMs`; `x`, `xLow`, `xHigh`). */
function frameCell(record: ReadonlyMap<string, Cell>, name: string): Hole {
  const value = record.get(name) ?? null;
  const { kind } = columnOf(name, record);
  const text = formatCell(value, kind);
  const low = record.get(boundName(name, "Low"));
  const high = record.get(boundName(name, "High"));
  if (typeof low !== "number" || typeof high !== "number") return text;
  return html`${text}<small>${formatBounds({ low, high }, kind)}</small>`;
}

function formatBounds(bounds: Bounds, kind: ColumnKind): string {
  // A difference may be about 0, where the ratio of its ends says nothing.
  if (kind === "difference") return formatDifferenceInterval(bounds);
  return formatUnlessVast(bounds, kind === "duration" ? formatDurationInterval : formatNumberInterval);
}

const boundEnding = /(Low|High)(Ms)?$/;

function shownColumns(frame: DataFrame): readonly string[] {
  const names: readonly string[] = frame.columns;
  const all = records(frame);
  const isBound = (name: string): boolean =>
    boundEnding.test(name) && names.includes(name.replace(boundEnding, "$2"));
  return names.filter((name) => !isBound(name) && all.some((record) => (record.get(name) ?? null) !== null));
}

function records(frame: DataFrame): readonly ReadonlyMap<string, Cell>[] {
  const names: readonly string[] = frame.columns;
  const values = frame.values as readonly (readonly Cell[])[];
  return values.map((row) => new Map(names.map((name, i) => [name, row[i] ?? null])));
}

function record0(frame: DataFrame): ReadonlyMap<string, Cell> {
  return records(frame)[0] ?? new Map();
}

function columnOf(name: string, record: ReadonlyMap<string, Cell>): Column {
  const kind = typeof record.get(name) === "number" ? "number" : "text";
  return COLUMNS[name] ?? { name, kind };
}

function boundName(name: string, bound: "Low" | "High"): string {
  return name.replace(/(Ms)?$/, `${bound}$1`);
}
