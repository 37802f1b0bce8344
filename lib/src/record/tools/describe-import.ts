import type { ImportedFile } from "../imported-info.js";
import type { ArmInfo, Environment, RunInfo, Warning } from "../run-info.js";
import { bareName, type Collected, type CollectedArm } from "./collect.js";
import { beginsMs, sliceMsOf } from "./slices.js";

/** What the files of an imported run do not say, and whoever imports them may. */
export interface ImportWords {
  /** Which work their calls did, one of the lab's own; null where nobody said it. */
  readonly work: string | null;
  /** Of the tool. */
  readonly toolVersion: string | null;
}

/** The work of a run of which nobody said it. */
export const unknownWork = "not told";

const unknown = "not told";

/** The machine that reads a file is not the one that its calls were made on. */
const unknownEnvironment: Environment = {
  cpu: unknown,
  cores: 0,
  memoryBytes: 0,
  os: unknown,
  node: unknown,
  v8: unknown,
  packages: {},
  python: null,
  gitCommit: null,
  gitDirty: null,
};

/** A run of files whose calls have been read, as it stands in `run.json`. */
export function importedInfo(
  files: readonly Collected[],
  { work = null, toolVersion = null }: Partial<ImportWords>,
): RunInfo {
  const { runMs, ofFiles } = beginsMs(files);
  const sliceMs = sliceMsOf(files);
  const lengthMs = Math.max(
    0,
    ...files.map(({ span }, i) => (span === null ? 0 : span.toMs - span.fromMs + (ofFiles[i] ?? 0))),
  );
  const startedMs = runMs ?? Date.now();
  return {
    format: 1,
    name: bareName(files[0]?.file.name ?? "") || "imported",
    work: work ?? unknownWork,
    imported: { files: files.map((file, i) => importedFile(file, ofFiles[i] ?? 0, toolVersion)), sliceMs },
    input: null,
    size: null,
    startedAt: new Date(startedMs).toISOString(),
    finishedAt: new Date(startedMs + (runMs === null ? 0 : lengthMs)).toISOString(),
    status: "finished",
    reason: null,
    environment: unknownEnvironment,
    seed: 1,
    host: "remote",
    arms: armsOf(files),
    servers: [],
    pairs: files.length,
    blocks: sliceMs === null ? 20 : Math.max(1, Math.ceil(lengthMs / sliceMs)),
    warmupBlocks: 0,
    primeCalls: 0,
    callsPerRound: 0,
    load: null,
    stopAfter: {},
    clients: 0,
    pauseMs: 0,
    timeoutMs: 0,
    tls: false,
    link: null,
    predictions: [],
    foretold: [],
    processors: null,
    order: [],
    warmFromBlock: files.map(() => 0),
    warnings: files.flatMap(cutOffWarning),
    leftOut: leftOut(files),
    counted: [],
    loadRounds: [],
    usageMissing: "another tool made its calls, and nobody looked at the server",
    usage: [],
    wire: [],
    instants: [],
  };
}

function importedFile(
  { file, format, exactness, calls, span }: Collected,
  beginMs: number,
  version: string | null,
): ImportedFile {
  return {
    file: file.name,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    tool: format.tool,
    version,
    format: format.name,
    ...exactness,
    calls,
    span: span === null ? null : { fromMs: beginMs, toMs: beginMs + span.toMs - span.fromMs },
  };
}

function armsOf(files: readonly Collected[]): readonly ArmInfo[] {
  const names = new Map<string, { readonly arm: CollectedArm; readonly from: Collected }[]>();
  for (const from of files) {
    for (const arm of from.arms) names.set(arm.name, [...(names.get(arm.name) ?? []), { arm, from }]);
  }
  return [...names].map(([name, found]): ArmInfo => {
    const tools = [...new Set(found.map(({ from }) => from.format.tool))].join(" and ");
    const protocols = new Set(found.map(({ arm }) => arm.protocol));
    const [protocol = "none"] = protocols.size === 1 ? protocols : [];
    return {
      name,
      arm: "imported",
      protocol,
      client: tools,
      server: 0,
      plantedDelayUs: 0,
      callers: 0,
      notMeasured: notMeasured(found, tools),
    };
  });
}

function notMeasured(
  found: readonly { readonly arm: CollectedArm; readonly from: Collected }[],
  tools: string,
): Readonly<Record<string, string>> {
  const never = ["caller", "intendedMs", "serverMs", "bytesSent", "connectionId"];
  const lacking = (["firstByteMs", "status", "bytesReceived"] as const).filter((column) =>
    found.every(({ arm }) => !arm.known[column]),
  );
  const times = found.every(({ from }) => from.span === null) ? ["startMs"] : [];
  return Object.fromEntries(
    [...never, ...times, ...lacking].map((column) => [column, `the file of ${tools} does not tell it`]),
  );
}

function cutOffWarning({ file, calls }: Collected): readonly Warning[] {
  if (file.cutOff === null) return [];
  return [
    {
      code: "cut-off",
      message: `${file.name} is cut off ${file.cutOff}: ${calls.toLocaleString("en-US")} calls were read.`,
      advice:
        "Read it as a part of what was measured; the calls that are missing may be the slow ones of its end.",
    },
  ];
}

function leftOut(files: readonly Collected[]): readonly string[] {
  const ofFiles = files.flatMap(({ file, format }) =>
    format.leavesOut.map((what) => `of ${file.name} ${what}`),
  );
  return [
    "pairs, blocks and their order: another tool made the calls, so a pair is a file and a block a slice of it",
    "warm-up: nobody looked for its end, so every call counts",
    "whether answers were right, and equal between arms",
    ...new Set(ofFiles),
  ];
}
